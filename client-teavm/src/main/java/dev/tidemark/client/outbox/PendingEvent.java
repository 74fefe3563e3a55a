package dev.tidemark.client.outbox;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An own event in the outbox.
 *
 * @param number its place in the order of writing
 * @param event the event, with position 0
 * @param refusal why the server refused it, or null while it waits
 */
public record PendingEvent(long number, Event event, @Nullable Refusal refusal) {

  /**
   * @param code wire name of a problem code
   * @param detail a sentence for the author
   */
  public record Refusal(String code, String detail) {}

  /**
   * Reads a row of the outbox.
   *
   * @throws RuntimeException when it holds something else, as in a damaged database
   */
  public static PendingEvent of(@Nullable Object[] row, JsonParser json) {
    String type = text(row, Outbox.TYPE);
    String payload = text(row, Outbox.PAYLOAD);
    Event event =
        new Event(
            text(row, Outbox.SPACE),
            0,
            text(row, Outbox.ID),
            type,
            text(row, Outbox.AUTHOR),
            integer(row, Outbox.BASIS),
            integer(row, Outbox.CLIENT_TIME),
            0,
            payload,
            EventCodec.decodeStored(type, json.parse(payload)));
    Refusal refusal =
        integer(row, Outbox.STATE) == Outbox.STATE_PENDING
            ? null
            : new Refusal(text(row, Outbox.CODE), text(row, Outbox.DETAIL));
    return new PendingEvent(integer(row, Outbox.NUMBER), event, refusal);
  }

  private static String text(@Nullable Object[] row, int column) {
    return Objects.requireNonNull((String) row[column], () -> "column " + column + " holds NULL");
  }

  private static long integer(@Nullable Object[] row, int column) {
    return Objects.requireNonNull((Long) row[column], () -> "column " + column + " holds NULL");
  }

  public boolean isRefused() {
    return refusal != null;
  }

  /** Where its rows stand in a timeline: behind everything confirmed, in the order of writing. */
  long orderKey() {
    return Protocol.PENDING_ORDER_BASE + number;
  }

  /** A refused message stays visible as such; any other refused event has no effect. */
  boolean isProjected() {
    return refusal == null || event.body() instanceof WorkspaceEvent.MessageCreated;
  }

  long messageState() {
    return refusal == null ? Message.STATE_PENDING : Message.STATE_REFUSED;
  }

  PendingEvent refused(Refusal why) {
    return new PendingEvent(number, event, why);
  }

  @Nullable Object[] row(Undo undo) {
    return new @Nullable Object[] {
      number,
      event.space(),
      event.id(),
      event.type(),
      event.author(),
      event.basis(),
      event.clientTime(),
      event.payload(),
      refusal == null ? Outbox.STATE_PENDING : Outbox.STATE_REFUSED,
      refusal == null ? null : refusal.code(),
      refusal == null ? null : refusal.detail(),
      undo.text()
    };
  }
}

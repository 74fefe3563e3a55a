package dev.tidemark.client.outbox;

import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
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

package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.WorkspaceTables;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a replica's rows must be: the server's log up to its position, from scratch, and on top of
 * it its own outbox in the order of writing.
 */
final class Oracle {

  private Oracle() {}

  /** Projects a log up to a position, then what waits. */
  static MemoryDatabase rows(SpaceModel space, long position, List<PendingEvent> outbox) {
    MemoryDatabase rows = new MemoryDatabase();
    for (Event event : space.log().subList(0, (int) position)) {
      WorkspaceProjection.applyConfirmed(event, rows);
    }
    for (PendingEvent pending : outbox) {
      Event event = pending.event();
      boolean projected =
          !pending.isRefused() || event.body() instanceof WorkspaceEvent.MessageCreated;
      if (event.space().equals(space.id()) && projected) {
        WorkspaceProjection.apply(
            event,
            Protocol.PENDING_ORDER_BASE + pending.number(),
            pending.isRefused() ? Message.STATE_REFUSED : Message.STATE_PENDING,
            rows);
      }
    }
    return rows;
  }

  /**
   * The first difference between two databases in a space, or null.
   *
   * @param erased messages whose texts the one may have lost already and the other not yet
   */
  static @Nullable String difference(
      Database expected, Database given, String space, Set<String> erased) {
    for (Table table : WorkspaceTables.ALL) {
      List<@Nullable Object[]> wanted = expected.scan(table, Integer.MAX_VALUE, space);
      List<@Nullable Object[]> found = given.scan(table, Integer.MAX_VALUE, space);
      if (!isSame(wanted, found)) {
        List<String> wantedTexts = texts(table, wanted, erased);
        List<String> foundTexts = texts(table, found, erased);
        List<String> missing = new ArrayList<>(wantedTexts);
        missing.removeAll(foundTexts);
        List<String> surplus = new ArrayList<>(foundTexts);
        surplus.removeAll(wantedTexts);
        if (!missing.isEmpty() || !surplus.isEmpty()) {
          return table + ": expected " + missing + ", found " + surplus;
        }
      }
    }
    return null;
  }

  private static boolean isSame(List<@Nullable Object[]> wanted, List<@Nullable Object[]> found) {
    boolean same = wanted.size() == found.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = Arrays.equals(wanted.get(i), found.get(i));
    }
    return same;
  }

  private static List<String> texts(
      Table table, List<@Nullable Object[]> rows, Set<String> erased) {
    List<String> texts = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      @Nullable Object[] shown = row;
      if (table == Message.TABLE && erased.contains(String.valueOf(row[Message.ID]))) {
        shown = row.clone();
        shown[Message.BODY] = "?";
        shown[Message.ATTACHMENTS] = "?";
      }
      texts.add(Arrays.toString(shown));
    }
    return texts;
  }
}

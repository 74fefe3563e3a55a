package dev.tidemark.server.stream;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.eventlog.SpaceHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where a stream begins: the spaces of the cursor first, in its order, then the other spaces of the
 * user from their beginning.
 */
public sealed interface StreamStart {

  /**
   * @param positions the position each space is read after
   * @param spaces all spaces of the user as they stand: what was won, renamed or given another role
   *     while the reader was away is told to it first
   */
  record From(Map<String, Cursor.Mark> positions, List<SpaceHead> spaces) implements StreamStart {
    public From {
      positions = new LinkedHashMap<>(positions);
      spaces = List.copyOf(spaces);
    }
  }

  /** The cursor cannot be resumed from. */
  record Refused(ProblemCode code, String detail, String space) implements StreamStart {}

  /** Checks a cursor against the log and the memberships of a user. */
  static StreamStart check(EventLog log, String user, Cursor cursor) {
    List<SpaceHead> spaces = log.spacesOf(user);
    Map<String, SpaceHead> own =
        spaces.stream()
            .collect(
                Collectors.toMap(
                    SpaceHead::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    Map<String, Cursor.Mark> positions = new LinkedHashMap<>();
    for (Map.Entry<String, Cursor.Mark> entry : cursor.marks().entrySet()) {
      String space = entry.getKey();
      Cursor.Mark mark = entry.getValue();
      SpaceHead head = own.remove(space);
      if (head == null) {
        return new Refused(ProblemCode.NOT_FOUND, "There is no such space.", space);
      }
      String hash = mark.position() > head.head() ? null : log.hashAt(space, mark.position());
      if (hash == null || (mark.hash() != null && !mark.hash().equals(hash))) {
        return new Refused(
            ProblemCode.HISTORY_CHANGED,
            "The history of this space is not the one that the cursor was made from.",
            space);
      }
      positions.put(space, new Cursor.Mark(mark.position(), hash));
    }
    own.keySet().forEach(space -> positions.put(space, new Cursor.Mark(0, null)));
    return new From(positions, spaces);
  }
}

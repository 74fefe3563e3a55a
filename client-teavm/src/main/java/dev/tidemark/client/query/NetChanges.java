package dev.tidemark.client.query;

import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a commit did to each row in the end: several changes of one row become one, and none where
 * the row is again what it was, as after undo and redo of a pending event.
 */
public final class NetChanges {

  private NetChanges() {}

  /** The changes of a commit in the order in which they were made, made at most one per row. */
  public static List<Change> of(List<Change> changes) {
    if (changes.size() == 1) {
      return changes;
    }
    Map<Table, Map<String, Change>> byTable = new HashMap<>();
    Map<Change, Change> order = new LinkedHashMap<>();
    for (Change change : changes) {
      Map<String, Change> rows = byTable.computeIfAbsent(change.table(), t -> new HashMap<>());
      String key = change.key();
      Change first = rows.get(key);
      if (first == null) {
        rows.put(key, change);
        order.put(change, change);
      } else {
        order.put(first, change);
      }
    }
    List<Change> net = new ArrayList<>(order.size());
    for (Map.Entry<Change, Change> row : order.entrySet()) {
      Change change = join(row.getKey(), row.getValue());
      if (change != null) {
        net.add(change);
      }
    }
    return net;
  }

  private static @Nullable Change join(Change first, Change last) {
    @Nullable Object[] before = first.before();
    @Nullable Object[] after = last.after();
    boolean isNothing = before == null ? after == null : Arrays.equals(before, after);
    if (isNothing) {
      return null;
    }
    return first == last ? first : new Change(first.table(), before, after);
  }
}

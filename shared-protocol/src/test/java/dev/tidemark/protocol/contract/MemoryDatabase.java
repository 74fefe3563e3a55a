package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory that keeps the contract of {@link Database}: unique keys, also the further
 * ones, rows in SQLite's order, and savepoints. It holds tables it has never heard of before, knows
 * neither NOT NULL nor triggers, and forgets everything with the object. Rolling back costs as much
 * as was written since. Not thread-safe.
 */
public final class MemoryDatabase implements Database {
  private final Map<Table, Rows> tables = new HashMap<>();
  private final List<Change> journal = new ArrayList<>();
  private final List<Integer> savepoints = new ArrayList<>();

  /** The rows of one table under each of its unique keys, the primary one first. */
  private static final class Rows {
    final Table table;
    final List<NavigableMap<Object[], @Nullable Object[]>> byKey = new ArrayList<>();

    Rows(Table table) {
      this.table = table;
      table.keys().forEach(key -> byKey.add(new TreeMap<>(KEY_ORDER)));
    }

    NavigableMap<Object[], @Nullable Object[]> primary() {
      return byKey.getFirst();
    }

    boolean isTaken(@Nullable Object[] row) {
      for (int i = 0; i < byKey.size(); i++) {
        if (byKey.get(i).containsKey(values(table.keys().get(i), row))) {
          return true;
        }
      }
      return false;
    }

    void put(@Nullable Object[] row) {
      for (int i = 0; i < byKey.size(); i++) {
        byKey.get(i).put(values(table.keys().get(i), row), row);
      }
    }

    void remove(@Nullable Object[] row) {
      for (int i = 0; i < byKey.size(); i++) {
        byKey.get(i).remove(values(table.keys().get(i), row));
      }
    }
  }

  /** Begins a part that can be taken back on its own; parts nest. */
  public int savepoint() {
    savepoints.add(journal.size());
    return savepoints.size();
  }

  /** Keeps what was written since {@code savepoint}, which ends together with those inside it. */
  public void release(int savepoint) {
    end(savepoint);
    if (savepoints.isEmpty()) {
      journal.clear();
    }
  }

  /** Takes back what was written since {@code savepoint}, which ends with those inside it. */
  public void rollback(int savepoint) {
    int start = end(savepoint);
    while (journal.size() > start) {
      Change change = journal.removeLast();
      Rows rows = rows(change.table());
      @Nullable Object[] after = change.after();
      if (after != null) {
        rows.remove(after);
      }
      @Nullable Object[] before = change.before();
      if (before != null) {
        rows.put(before);
      }
    }
  }

  /** How many rows a table holds. */
  public int size(Table table) {
    return rows(table).primary().size();
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    return rows(key.table()).byKey.get(key.table().keys().indexOf(key)).get(values);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    Rows rows = rows(table);
    if (row.length != table.columns().size()) {
      throw new IllegalArgumentException(
          table + " has " + table.columns().size() + " columns, given " + row.length);
    }
    if (rows.isTaken(row)) {
      return false;
    }
    rows.put(row);
    record(table, null, row);
    return true;
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    Rows rows = rows(table);
    @Nullable Object[] present = rows.primary().get(values(table.key(), before));
    if (present == null) {
      throw new IllegalStateException("no row " + table.key().of(before) + " in " + table);
    }
    // Like SQL, only the columns that differ are written, into whatever the row holds now.
    @Nullable Object[] merged = present.clone();
    for (int i = 0; i < merged.length; i++) {
      if (!Objects.equals(before[i], after[i])) {
        merged[i] = after[i];
      }
    }
    rows.remove(present);
    if (rows.isTaken(merged)) {
      rows.put(present);
      throw new IllegalStateException("a key of " + table.key().of(after) + " is taken: " + table);
    }
    rows.put(merged);
    record(table, present, merged);
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    Rows rows = rows(table);
    @Nullable Object[] present = rows.primary().get(values(table.key(), row));
    if (present == null) {
      throw new IllegalStateException("no row " + table.key().of(row) + " in " + table);
    }
    rows.remove(present);
    record(table, present, null);
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    List<@Nullable Object[]> found = new ArrayList<>();
    for (Map.Entry<Object[], @Nullable Object[]> entry :
        rows(table).primary().tailMap(prefix, true).entrySet()) {
      if (found.size() >= limit || !startsWith(entry.getKey(), prefix)) {
        break;
      }
      found.add(entry.getValue());
    }
    return found;
  }

  private Rows rows(Table table) {
    Rows rows = tables.get(table);
    if (rows == null) {
      rows = new Rows(table);
      tables.put(table, rows);
    }
    return rows;
  }

  private void record(
      Table table, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after) {
    if (!savepoints.isEmpty()) {
      journal.add(new Change(table, before, after));
    }
  }

  private int end(int savepoint) {
    if (savepoint < 1 || savepoint > savepoints.size()) {
      throw new IllegalArgumentException(
          "no savepoint " + savepoint + ", open are " + savepoints.size());
    }
    int start = savepoints.get(savepoint - 1);
    while (savepoints.size() >= savepoint) {
      savepoints.removeLast();
    }
    return start;
  }

  private static Object[] values(Key key, @Nullable Object[] row) {
    Object[] values = new Object[key.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = row[key.column(i)];
      if (value == null) {
        throw new IllegalArgumentException("a key column of " + key.table() + " is null");
      }
      values[i] = value;
    }
    return values;
  }

  private static boolean startsWith(Object[] values, Object[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (compareValues(values[i], prefix[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A prefix comes before everything that it begins, so that a scan can start there. */
  private static final Comparator<Object[]> KEY_ORDER =
      (left, right) -> {
        int common = Math.min(left.length, right.length);
        for (int i = 0; i < common; i++) {
          int order = compareValues(left[i], right[i]);
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(left.length, right.length);
      };

  private static int compareValues(Object left, Object right) {
    if (left instanceof String text && right instanceof String other) {
      return compareTexts(text, other);
    }
    if (left instanceof Long number && right instanceof Long other) {
      return Long.compare(number, other);
    }
    // SQLite sorts numbers before texts; our columns never mix them.
    throw new IllegalArgumentException("a key mixes " + left + " and " + right);
  }

  /** By code point, as SQLite compares UTF-8; Java's own order puts surrogates before U+E000. */
  private static int compareTexts(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean aboveSurrogates = a >= 0xD800 && b >= 0xD800;
        return aboveSurrogates
            ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b)) * 0x10000 + a - b
            : a - b;
      }
    }
    return left.length() - right.length();
  }
}

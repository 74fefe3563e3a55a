package dev.tidemark.client.query;

import dev.tidemark.client.query.FromClause.Ref;
import dev.tidemark.protocol.database.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a joined view that a timeline refers to, by key. A key that was never seen is
 * unknown, which is not the same as a key without a row.
 */
final class LookupJoin {
  private final Maintainable.Lookup lookup;
  private final int[] fromAt;
  private final int[] valueAt;
  private final Column[] valueColumns;
  private final Map<List<@Nullable Object>, @Nullable Object[]> known = new HashMap<>();

  /**
   * @param item of the joined view
   * @param columns of the timeline's rows
   */
  LookupJoin(Maintainable.Lookup lookup, int item, List<Ref> columns) {
    this.lookup = lookup;
    this.fromAt = new int[lookup.from().size()];
    for (int i = 0; i < fromAt.length; i++) {
      fromAt[i] = columns.indexOf(new Ref(0, lookup.from().get(i)));
    }
    List<Integer> at = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).item() == item) {
        at.add(i);
      }
    }
    this.valueAt = new int[at.size()];
    this.valueColumns = new Column[at.size()];
    for (int i = 0; i < valueAt.length; i++) {
      valueAt[i] = at.get(i);
      valueColumns[i] = columns.get(valueAt[i]).column();
    }
  }

  void clear() {
    known.clear();
  }

  /** Remembers the joined values of a complete row. */
  void learn(@Nullable Object[] values) {
    List<@Nullable Object> key = key(values);
    if (!key.contains(null)) {
      @Nullable Object[] joined = new Object[valueAt.length];
      for (int i = 0; i < joined.length; i++) {
        joined[i] = values[valueAt[i]];
      }
      known.put(key, joined);
    }
  }

  /** Writes the joined values into a row; false when they are not known. */
  boolean complete(@Nullable Object[] values) {
    List<@Nullable Object> key = key(values);
    if (key.contains(null)) {
      return true;
    }
    @Nullable Object[] joined = known.get(key);
    if (joined == null) {
      return false;
    }
    for (int i = 0; i < joined.length; i++) {
      values[valueAt[i]] = joined[i];
    }
    return true;
  }

  /** Takes in a change of the joined table; true when it concerns a key that is known. */
  boolean apply(Change change) {
    if (change.table() != lookup.relation().base()) {
      return false;
    }
    boolean isKnown = false;
    @Nullable Object[] before = change.before();
    if (before != null && Term.allHold(lookup.terms(), before)) {
      isKnown = replace(rowKey(before), new @Nullable Object[valueAt.length]);
    }
    @Nullable Object[] after = change.after();
    if (after != null && Term.allHold(lookup.terms(), after)) {
      @Nullable Object[] joined = new Object[valueAt.length];
      for (int i = 0; i < joined.length; i++) {
        joined[i] = valueColumns[i].value(after);
      }
      isKnown |= replace(rowKey(after), joined);
    }
    return isKnown;
  }

  private boolean replace(List<@Nullable Object> key, @Nullable Object[] joined) {
    return known.replace(key, joined) != null;
  }

  /** Forgets keys to which none of these rows refers. */
  void forgetUnused(List<@Nullable Object[]> rows) {
    Set<List<@Nullable Object>> used = new HashSet<>();
    for (@Nullable Object[] values : rows) {
      used.add(key(values));
    }
    known.keySet().retainAll(used);
  }

  int knownKeys() {
    return known.size();
  }

  private List<@Nullable Object> key(@Nullable Object[] values) {
    @Nullable Object[] key = new Object[fromAt.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = values[fromAt[i]];
    }
    return Arrays.asList(key);
  }

  private List<@Nullable Object> rowKey(@Nullable Object[] row) {
    @Nullable Object[] key = new Object[fromAt.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = lookup.key().get(i).value(row);
    }
    return Arrays.asList(key);
  }
}

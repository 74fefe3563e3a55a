package dev.tidemark.client.query;

import dev.tidemark.client.query.FromClause.Ref;
import dev.tidemark.protocol.database.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one view that pass all terms, in a total order, with or without a limit, each with at
 * most one row of every view joined to it. Invariants after each commit:
 *
 * <ol>
 *   <li>{@code window} holds the first rows of the unlimited result in order, without gaps.
 *   <li>Unless {@code hasMore}, the window is the whole unlimited result.
 *   <li>The window has at least as many rows as the limit, or is the whole.
 * </ol>
 *
 * The window reaches beyond the limit, so that rows can leave without a fresh run for each.
 */
final class IncrementalTimeline implements IncrementalQuery {
  /** Rows kept beyond a limit, unless told otherwise. */
  static final int SPARE_ROWS = 32;

  /** Joined rows that nothing refers to are forgotten once there are so many more than rows. */
  private static final int FORGOTTEN_KEYS = 256;

  private static final int LOST = -1;
  private static final int NOTHING = Integer.MAX_VALUE;

  private final Maintainable query;
  private final @Nullable Object[] parameters;
  private final List<Ref> columns;
  private final List<LookupJoin> joins = new ArrayList<>();
  private final int[] orderAt;
  private final boolean[] isDescending;
  private final int[] keyAt;
  private final int capacity;
  private List<String> names = List.of();
  private List<Entry> window = new ArrayList<>();
  private boolean hasMore;
  private boolean isFilled;

  IncrementalTimeline(Maintainable query, @Nullable Object[] parameters, int spareRows) {
    this.query = query;
    this.parameters = Arrays.copyOf(parameters, query.fillParameters());
    this.columns = new ArrayList<>(query.selected());
    columns.addAll(query.further());
    this.orderAt = new int[query.order().size()];
    this.isDescending = new boolean[orderAt.length];
    for (int i = 0; i < orderAt.length; i++) {
      orderAt[i] = columns.indexOf(new Ref(0, query.order().get(i).column()));
      isDescending[i] = query.order().get(i).isDescending();
    }
    List<Column> key = query.relation().uniqueKeys().get(0);
    this.keyAt = new int[key.size()];
    for (int i = 0; i < keyAt.length; i++) {
      keyAt[i] = columns.indexOf(new Ref(0, key.get(i)));
    }
    for (int i = 0; i < query.lookups().size(); i++) {
      joins.add(new LookupJoin(query.lookups().get(i), i + 1, columns));
    }
    boolean isLimited = query.limit() != Maintainable.NO_LIMIT;
    this.capacity = isLimited ? query.limit() + spareRows : Maintainable.NO_LIMIT;
  }

  /** A row: all columns needed, and those of them that are selected. */
  private static final class Entry {
    final @Nullable Object[] values;
    final @Nullable Object[] selected;

    Entry(@Nullable Object[] values, int selectedColumns) {
      this.values = values;
      this.selected =
          selectedColumns == values.length ? values : Arrays.copyOf(values, selectedColumns);
    }
  }

  @Override
  public String fillSql() {
    String sql = query.fillSql();
    return capacity == Maintainable.NO_LIMIT ? sql : sql + " LIMIT " + capacity;
  }

  @Override
  public @Nullable Object[] fillParameters() {
    return parameters.clone();
  }

  @Override
  public ResultSet fill(ResultSet rows) {
    if (rows.columns().size() != columns.size()) {
      throw new IllegalArgumentException(
          rows.columns().size() + " columns given, expected " + columns.size());
    }
    names = rows.columns().subList(0, query.selected().size());
    window = new ArrayList<>(rows.rows().size() + 1);
    joins.forEach(LookupJoin::clear);
    for (@Nullable Object[] row : rows.rows()) {
      @Nullable Object[] values = new Object[row.length];
      for (int i = 0; i < row.length; i++) {
        values[i] = SqlValues.normal(row[i]);
      }
      window.add(entry(values));
      for (LookupJoin join : joins) {
        join.learn(values);
      }
    }
    hasMore = window.size() >= capacity;
    isFilled = true;
    return result();
  }

  @Override
  public Outcome apply(List<Change> changes) {
    if (!isFilled) {
      throw new IllegalStateException("changes before the first fill");
    }
    List<Change> net = NetChanges.of(changes);
    int firstChanged = joins.isEmpty() ? NOTHING : applyToJoins(net);
    for (Change change : net) {
      if (change.table() == query.relation().base()) {
        int index = apply(change);
        if (index == LOST) {
          isFilled = false;
          return new Outcome.NeedsFill();
        }
        firstChanged = Math.min(firstChanged, index);
      }
    }
    for (LookupJoin join : joins) {
      if (join.knownKeys() > window.size() + FORGOTTEN_KEYS) {
        join.forgetUnused(allValues());
      }
    }
    while (window.size() > capacity) {
      window.remove(window.size() - 1);
      hasMore = true;
    }
    if (hasMore && window.size() < query.limit()) {
      isFilled = false;
      return new Outcome.NeedsFill();
    }
    return firstChanged < query.limit() ? new Outcome.Changed(result()) : new Outcome.Same();
  }

  /** Brings the joined columns up to date; the first index that is different afterwards. */
  private int applyToJoins(List<Change> net) {
    boolean isKnown = false;
    for (LookupJoin join : joins) {
      for (Change change : net) {
        isKnown |= join.apply(change);
      }
    }
    int firstChanged = NOTHING;
    for (int i = 0; isKnown && i < window.size(); i++) {
      @Nullable Object[] before = window.get(i).values;
      @Nullable Object[] after = before.clone();
      complete(after);
      if (!Arrays.equals(before, after)) {
        window.set(i, entry(after));
        firstChanged = Math.min(firstChanged, i);
      }
    }
    return firstChanged;
  }

  /** Writes the joined columns; false when a joined row is not known. */
  private boolean complete(@Nullable Object[] values) {
    for (LookupJoin join : joins) {
      if (!join.complete(values)) {
        return false;
      }
    }
    return true;
  }

  /** The first index that is different afterwards, {@link #NOTHING} or {@link #LOST}. */
  private int apply(Change change) {
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    @Nullable Object[] old = before != null && query.passes(before) ? values(before) : null;
    @Nullable Object[] next = after != null && query.passes(after) ? values(after) : null;
    int changed = NOTHING;
    if (old != null) {
      int index = search(old);
      if (index >= 0) {
        if (next != null && compare(old, next) == 0) {
          return replace(index, next);
        }
        window.remove(index);
        changed = index;
      } else if (!isBeyond(-index - 1)) {
        return LOST;
      }
    }
    if (next != null) {
      int place = -search(next) - 1;
      if (place < 0) {
        return LOST;
      }
      if (!isBeyond(place)) {
        if (!complete(next)) {
          return LOST;
        }
        window.add(place, entry(next));
        changed = Math.min(changed, place);
      }
    }
    return changed;
  }

  private int replace(int index, @Nullable Object[] values) {
    if (!complete(values)) {
      return LOST;
    }
    Entry next = entry(values);
    boolean isSame = Arrays.equals(window.get(index).selected, next.selected);
    window.set(index, next);
    return isSame ? NOTHING : index;
  }

  /** Whether a row at that place follows rows that are not kept here. */
  private boolean isBeyond(int place) {
    return hasMore && place == window.size();
  }

  /** Index of the row, or minus the place where it belongs minus 1. */
  private int search(@Nullable Object[] values) {
    int low = 0;
    int high = window.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(window.get(middle).values, values);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private int compare(@Nullable Object[] a, @Nullable Object[] b) {
    for (int i = 0; i < orderAt.length; i++) {
      int order = SqlValues.compare(a[orderAt[i]], b[orderAt[i]]);
      if (order != 0) {
        return isDescending[i] ? -order : order;
      }
    }
    for (int at : keyAt) {
      int order = SqlValues.compare(a[at], b[at]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The view's own columns of a row; the joined ones are missing. */
  private @Nullable Object[] values(@Nullable Object[] row) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      if (columns.get(i).item() == 0) {
        values[i] = columns.get(i).column().value(row);
      }
    }
    return values;
  }

  private Entry entry(@Nullable Object[] values) {
    return new Entry(values, query.selected().size());
  }

  private List<@Nullable Object[]> allValues() {
    List<@Nullable Object[]> values = new ArrayList<>(window.size());
    for (Entry entry : window) {
      values.add(entry.values);
    }
    return values;
  }

  private ResultSet result() {
    int size = Math.min(window.size(), query.limit());
    List<@Nullable Object[]> rows = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      rows.add(window.get(i).selected);
    }
    return new ResultSet(names, rows);
  }
}

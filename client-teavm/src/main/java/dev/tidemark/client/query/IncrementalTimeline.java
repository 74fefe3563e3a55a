package dev.tidemark.client.query;

import dev.tidemark.protocol.database.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one view that pass all terms, in a total order, with or without a limit. Invariants after
 * each commit:
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

  private static final int LOST = -1;
  private static final int NOTHING = Integer.MAX_VALUE;

  private final Maintainable query;
  private final @Nullable Object[] parameters;
  private final List<Column> columns;
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
      orderAt[i] = columns.indexOf(query.order().get(i).column());
      isDescending[i] = query.order().get(i).isDescending();
    }
    List<Column> key = query.relation().uniqueKeys().get(0);
    this.keyAt = new int[key.size()];
    for (int i = 0; i < keyAt.length; i++) {
      keyAt[i] = columns.indexOf(key.get(i));
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
    for (@Nullable Object[] row : rows.rows()) {
      @Nullable Object[] values = new Object[row.length];
      for (int i = 0; i < row.length; i++) {
        values[i] = SqlValues.normal(row[i]);
      }
      window.add(entry(values));
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
    int firstChanged = NOTHING;
    for (Change change : NetChanges.of(changes)) {
      if (change.table() == query.relation().base()) {
        int index = apply(change);
        if (index == LOST) {
          isFilled = false;
          return new Outcome.NeedsFill();
        }
        firstChanged = Math.min(firstChanged, index);
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

  /** The first index that is different afterwards, {@link #NOTHING} or {@link #LOST}. */
  private int apply(Change change) {
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    Entry old = before != null && query.passes(before) ? entry(values(before)) : null;
    Entry next = after != null && query.passes(after) ? entry(values(after)) : null;
    int changed = NOTHING;
    if (old != null) {
      int index = search(old);
      if (index >= 0) {
        if (next != null && compare(old, next) == 0) {
          boolean isSame = Arrays.equals(window.get(index).selected, next.selected);
          window.set(index, next);
          return isSame ? NOTHING : index;
        }
        window.remove(index);
        changed = index;
      } else if (!isBeyond(-index - 1)) {
        return LOST;
      }
    }
    if (next != null) {
      int index = search(next);
      if (index >= 0) {
        return LOST;
      }
      int place = -index - 1;
      if (!isBeyond(place)) {
        window.add(place, next);
        changed = Math.min(changed, place);
      }
    }
    return changed;
  }

  /** Whether a row at that place follows rows that are not kept here. */
  private boolean isBeyond(int place) {
    return hasMore && place == window.size();
  }

  /** Index of the row, or minus the place where it belongs minus 1. */
  private int search(Entry entry) {
    int low = 0;
    int high = window.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(window.get(middle), entry);
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

  private int compare(Entry a, Entry b) {
    for (int i = 0; i < orderAt.length; i++) {
      int at = orderAt[i];
      int order = SqlValues.compare(a.values[at], b.values[at]);
      if (order != 0) {
        return isDescending[i] ? -order : order;
      }
    }
    for (int at : keyAt) {
      int order = SqlValues.compare(a.values[at], b.values[at]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private @Nullable Object[] values(@Nullable Object[] row) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).value(row);
    }
    return values;
  }

  private Entry entry(@Nullable Object[] values) {
    return new Entry(values, query.selected().size());
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

package dev.tidemark.client.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two results of a query, as steps that build the new rows in order from the
 * old ones. Takes time linear in the rows. An old row is used at most once, so that rows which are
 * there several times keep their number.
 */
public final class ResultDiff {
  private static final int LOOK_AHEAD_ROWS = 3;

  private ResultDiff() {}

  /** One step of building the new rows. */
  public sealed interface Step {

    /** The next {@code count} rows are the old ones from {@code from} on. */
    record Keep(int from, int count) implements Step {}

    /** The next row. */
    // Never compared as a record: the array is a row that results share.
    @SuppressWarnings("ArrayRecordComponent")
    record Row(@Nullable Object[] values) implements Step {}
  }

  /**
   * What became of the old rows.
   *
   * @param rows the new rows; a kept one is the old array
   * @param from for each new row its index among the old rows, or -1
   * @param added indexes of new rows that were not there
   * @param removed indexes of old rows that are gone
   * @param changed indexes of new rows whose identity was there with other values
   */
  // Never compared as a record: the arrays are handed over once.
  @SuppressWarnings("ArrayRecordComponent")
  public record Applied(
      List<@Nullable Object[]> rows, int[] from, int[] added, int[] removed, int[] changed) {

    /** Whether the rows are what they were, in the same order. */
    public boolean isSame() {
      for (int i = 0; i < from.length; i++) {
        if (from[i] != i) {
          return false;
        }
      }
      return removed.length == 0;
    }
  }

  /** Steps from the rows of {@code old} to those of {@code next}, with the same columns. */
  public static List<Step> between(ResultSet old, ResultSet next) {
    List<@Nullable Object[]> oldRows = old.rows();
    List<@Nullable Object[]> newRows = next.rows();
    int common = Math.min(oldRows.size(), newRows.size());
    int start = 0;
    while (start < common && isEqual(oldRows.get(start), newRows.get(start))) {
      start++;
    }
    int tail = 0;
    while (tail < common - start
        && isEqual(
            oldRows.get(oldRows.size() - 1 - tail), newRows.get(newRows.size() - 1 - tail))) {
      tail++;
    }
    Steps steps = new Steps();
    steps.keep(0, start);
    middle(
        RowIdentity.of(next.columns()),
        oldRows.subList(start, oldRows.size() - tail),
        newRows.subList(start, newRows.size() - tail),
        start,
        steps);
    steps.keep(oldRows.size() - tail, tail);
    return steps.steps;
  }

  /** Most rows keep their neighbours: these are found by a walk, only the others by identity. */
  private static void middle(
      RowIdentity identity,
      List<@Nullable Object[]> oldRows,
      List<@Nullable Object[]> newRows,
      int offset,
      Steps steps) {
    int[] from = walk(oldRows, newRows);
    boolean[] isUsed = new boolean[oldRows.size()];
    int used = 0;
    for (int index : from) {
      if (index >= 0) {
        isUsed[index] = true;
        used++;
      }
    }
    Unused unused = new Unused(identity);
    if (used < newRows.size()) {
      for (int i = oldRows.size() - 1; i >= 0; i--) {
        if (!isUsed[i]) {
          unused.add(oldRows.get(i), i);
        }
      }
    }
    for (int i = 0; i < from.length; i++) {
      @Nullable Object[] row = newRows.get(i);
      int candidate = from[i] >= 0 ? from[i] : unused.take(row);
      if (candidate >= 0 && (from[i] >= 0 || isEqual(oldRows.get(candidate), row))) {
        steps.keep(offset + candidate, 1);
      } else {
        steps.row(row);
      }
    }
  }

  /** For each new row the index of an equal old one a little further on, or -1. */
  private static int[] walk(List<@Nullable Object[]> oldRows, List<@Nullable Object[]> newRows) {
    int[] from = new int[newRows.size()];
    int at = 0;
    for (int i = 0; i < from.length; i++) {
      from[i] = -1;
      int end = Math.min(oldRows.size(), at + LOOK_AHEAD_ROWS);
      for (int candidate = at; candidate < end && from[i] < 0; candidate++) {
        if (isEqual(oldRows.get(candidate), newRows.get(i))) {
          from[i] = candidate;
          at = candidate + 1;
        }
      }
    }
    return from;
  }

  /**
   * Builds the new rows.
   *
   * @throws IllegalArgumentException when the steps do not fit the old rows
   */
  public static Applied apply(
      RowIdentity identity, List<@Nullable Object[]> oldRows, List<Step> steps) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    int[] from = new int[oldRows.size() + steps.size()];
    boolean[] isKept = new boolean[oldRows.size()];
    for (Step step : steps) {
      switch (step) {
        case Step.Keep keep -> {
          if (keep.from() < 0 || keep.count() < 0 || keep.from() + keep.count() > isKept.length) {
            throw new IllegalArgumentException(
                "rows " + keep.from() + "+" + keep.count() + " of " + isKept.length);
          }
          for (int i = keep.from(); i < keep.from() + keep.count(); i++) {
            if (isKept[i]) {
              throw new IllegalArgumentException("row " + i + " is kept twice");
            }
            isKept[i] = true;
            from[rows.size()] = i;
            rows.add(oldRows.get(i));
          }
        }
        case Step.Row row -> {
          from[rows.size()] = -1;
          rows.add(row.values());
        }
      }
    }
    return classify(identity, oldRows, isKept, rows, Arrays.copyOf(from, rows.size()));
  }

  private static Applied classify(
      RowIdentity identity,
      List<@Nullable Object[]> oldRows,
      boolean[] isKept,
      List<@Nullable Object[]> rows,
      int[] from) {
    Unused gone = new Unused(identity);
    for (int i = oldRows.size() - 1; i >= 0; i--) {
      if (!isKept[i]) {
        gone.add(oldRows.get(i), i);
      }
    }
    Indexes added = new Indexes();
    Indexes changed = new Indexes();
    for (int i = 0; i < from.length; i++) {
      if (from[i] < 0) {
        int old = gone.take(rows.get(i));
        if (old < 0) {
          added.add(i);
        } else {
          isKept[old] = true;
          if (isEqual(oldRows.get(old), rows.get(i))) {
            from[i] = old;
          } else {
            changed.add(i);
          }
        }
      }
    }
    Indexes removed = new Indexes();
    for (int i = 0; i < isKept.length; i++) {
      if (!isKept[i]) {
        removed.add(i);
      }
    }
    return new Applied(rows, from, added.toArray(), removed.toArray(), changed.toArray());
  }

  private static boolean isEqual(@Nullable Object[] a, @Nullable Object[] b) {
    return Arrays.equals(a, b);
  }

  /** Rows by identity, each handed out once, the one added last first. */
  private static final class Unused {
    private final RowIdentity identity;
    private final Map<Object, Integer> last = new HashMap<>();
    private final Map<Integer, Integer> next = new HashMap<>();

    Unused(RowIdentity identity) {
      this.identity = identity;
    }

    void add(@Nullable Object[] row, int index) {
      Integer other = last.put(identity.key(row), index);
      if (other != null) {
        next.put(index, other);
      }
    }

    /** Index of a row with the same identity, or -1. */
    int take(@Nullable Object[] row) {
      Object key = identity.key(row);
      Integer index = last.remove(key);
      if (index == null) {
        return -1;
      }
      Integer other = next.get(index);
      if (other != null) {
        last.put(key, other);
      }
      return index;
    }
  }

  /** Joins rows kept in sequence. */
  private static final class Steps {
    final List<Step> steps = new ArrayList<>();

    void keep(int from, int count) {
      if (count == 0) {
        return;
      }
      int end = steps.size() - 1;
      if (end >= 0
          && steps.get(end) instanceof Step.Keep keep
          && keep.from() + keep.count() == from) {
        steps.set(end, new Step.Keep(keep.from(), keep.count() + count));
      } else {
        steps.add(new Step.Keep(from, count));
      }
    }

    void row(@Nullable Object[] values) {
      steps.add(new Step.Row(values));
    }
  }

  private static final class Indexes {
    private int[] values = new int[4];
    private int size;

    void add(int index) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = index;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}

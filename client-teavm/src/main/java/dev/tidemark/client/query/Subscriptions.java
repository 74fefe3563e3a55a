package dev.tidemark.client.query;

import dev.tidemark.protocol.database.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the live queries that a commit can change. Queries stand in a hash index by table, set of
 * columns compared for equality, and values, so that a commit costs what it touches. Invariants:
 *
 * <ol>
 *   <li>A change that alters the result of a query is never missed; the reverse may happen.
 *   <li>Cost grows with changes and with the queries in the index entries they hit, not with the
 *       number of queries.
 * </ol>
 *
 * @param <S> names a query; needs equals and hashCode
 */
public final class Subscriptions<S> {
  private final Map<String, List<Group<S>>> groupsByTable = new HashMap<>();
  private final Map<S, List<Placed<S>>> placedByQuery = new HashMap<>();
  private long examined;

  /**
   * @throws IllegalArgumentException when the query is there already
   */
  public void add(S id, QueryShape shape) {
    if (placedByQuery.containsKey(id)) {
      throw new IllegalArgumentException("subscription " + id + " is there already");
    }
    List<Placed<S>> placed = new ArrayList<>();
    for (Source source : shape.sources()) {
      place(id, source, placed);
    }
    placedByQuery.put(id, placed);
  }

  /** Forgets a query; nothing happens when it is not there. */
  public void remove(S id) {
    List<Placed<S>> placed = placedByQuery.remove(id);
    if (placed != null) {
      for (Placed<S> place : placed) {
        place.group.remove(place);
      }
    }
  }

  public int size() {
    return placedByQuery.size();
  }

  /** The queries whose result the commit can have changed. */
  public Set<S> affected(List<Change> changes) {
    return match(changes).keySet();
  }

  /**
   * The queries whose result the commit can have changed, each with the net changes that concern
   * it: what {@link IncrementalQuery#apply} wants.
   */
  public Map<S, List<Change>> match(List<Change> changes) {
    Map<S, List<Change>> matched = new LinkedHashMap<>();
    for (Change change : NetChanges.of(changes)) {
      List<Group<S>> groups = groupsByTable.get(change.table().name());
      if (groups != null) {
        long changed = changedColumns(change);
        for (Group<S> group : groups) {
          match(group, change, changed, matched);
        }
      }
    }
    return matched;
  }

  /** Index entries looked at since the start: a measure of work, for tests and the inspector. */
  public long examined() {
    return examined;
  }

  private void match(Group<S> group, Change change, long changed, Map<S, List<Change>> matched) {
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    Values beforeValues = before == null ? null : group.values(before);
    Values afterValues = after == null ? null : group.values(after);
    if (beforeValues != null) {
      match(group.find(beforeValues), change, changed, matched);
    }
    if (afterValues != null && !afterValues.equals(beforeValues)) {
      match(group.find(afterValues), change, changed, matched);
    }
  }

  private void match(
      Set<Placed<S>> entry, Change change, long changed, Map<S, List<Change>> matched) {
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    for (Placed<S> placed : entry) {
      examined++;
      Source source = placed.source;
      boolean isMatch =
          (changed == Source.ALL_COLUMNS || (source.reads() & changed) != 0)
              && ((before != null && source.matches(before))
                  || (after != null && source.matches(after)));
      if (isMatch) {
        List<Change> ofQuery = matched.computeIfAbsent(placed.id, i -> new ArrayList<>());
        if (ofQuery.isEmpty() || ofQuery.get(ofQuery.size() - 1) != change) {
          ofQuery.add(change);
        }
      }
    }
  }

  /** One bit for each column that differs; all for a row that came or went. */
  private static long changedColumns(Change change) {
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    if (before == null || after == null) {
      return Source.ALL_COLUMNS;
    }
    long changed = 0;
    for (int i = 0; i < after.length; i++) {
      if (!Objects.equals(before[i], after[i])) {
        changed |= 1L << i;
      }
    }
    return changed;
  }

  /** Puts a source under each combination of values that its first IN and its equalities allow. */
  private void place(S id, Source source, List<Placed<S>> placed) {
    List<Term> indexed = new ArrayList<>();
    boolean hasList = false;
    for (Term term : source.terms()) {
      boolean isList = term.test() instanceof Term.Test.OneOf;
      boolean isNewColumn =
          indexed.stream().noneMatch(other -> other.column().ordinal() == term.column().ordinal());
      if (term.isIndexable() && isNewColumn && !(isList && hasList)) {
        indexed.add(term);
        hasList |= isList;
      }
    }
    indexed.sort((a, b) -> Integer.compare(a.column().ordinal(), b.column().ordinal()));
    int[] columns = new int[indexed.size()];
    @Nullable Object[] values = new Object[columns.length];
    int listAt = -1;
    Set<Object> list = Set.of();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = indexed.get(i).column().ordinal();
      if (indexed.get(i).test() instanceof Term.Test.OneOf oneOf) {
        listAt = i;
        list = oneOf.constants();
      } else if (indexed.get(i).test() instanceof Term.Test.Is is) {
        values[i] = is.constant();
      }
    }
    Group<S> group = group(source.table(), columns);
    if (listAt < 0) {
      placed.add(group.add(id, source, new Values(values)));
      return;
    }
    for (Object value : list) {
      @Nullable Object[] combination = values.clone();
      combination[listAt] = value;
      placed.add(group.add(id, source, new Values(combination)));
    }
  }

  private Group<S> group(String table, int[] columns) {
    List<Group<S>> groups = groupsByTable.computeIfAbsent(table, t -> new ArrayList<>());
    for (Group<S> group : groups) {
      if (Arrays.equals(group.columns, columns)) {
        return group;
      }
    }
    Group<S> group = new Group<>(columns);
    groups.add(group);
    return group;
  }

  /** One query in one index entry. Equal to itself only. */
  private static final class Placed<S> {
    final S id;
    final Source source;
    final Group<S> group;
    final Values values;

    Placed(S id, Source source, Group<S> group, Values values) {
      this.id = id;
      this.source = source;
      this.group = group;
      this.values = values;
    }
  }

  /** All queries of one table that compare the same columns for equality. */
  private static final class Group<S> {
    final int[] columns;
    private final Map<Values, Set<Placed<S>>> entries = new HashMap<>();

    Group(int[] columns) {
      this.columns = columns;
    }

    Values values(@Nullable Object[] row) {
      @Nullable Object[] values = new Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        values[i] = row[columns[i]];
      }
      return new Values(values);
    }

    Set<Placed<S>> find(Values values) {
      Set<Placed<S>> entry = entries.get(values);
      return entry == null ? Set.of() : entry;
    }

    Placed<S> add(S id, Source source, Values values) {
      Placed<S> placed = new Placed<>(id, source, this, values);
      entries.computeIfAbsent(values, v -> new LinkedHashSet<>()).add(placed);
      return placed;
    }

    void remove(Placed<S> placed) {
      Set<Placed<S>> entry = entries.get(placed.values);
      if (entry != null && entry.remove(placed) && entry.isEmpty()) {
        entries.remove(placed.values);
      }
    }
  }

  /** Values as a key of a map. */
  private static final class Values {
    private final @Nullable Object[] values;
    private final int hash;

    Values(@Nullable Object[] values) {
      this.values = values;
      this.hash = Arrays.hashCode(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Values that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}

package dev.tidemark.client.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query whose result follows from its rows and the changes alone.
 *
 * @param fillSql gives the rows to start from, with the selected columns first; without LIMIT
 * @param fillParameters how many of the query's parameters it takes, the first ones
 * @param terms all conditions
 * @param selected columns of the result, empty for {@code count(*)}
 * @param further columns that {@code fillSql} gives behind the selected ones
 * @param order of the rows, total
 * @param limit of the rows, or {@link #NO_LIMIT}
 */
record Maintainable(
    Relation relation,
    String fillSql,
    int fillParameters,
    List<Term> terms,
    List<Column> selected,
    List<Column> further,
    List<Order> order,
    int limit) {
  static final int NO_LIMIT = Integer.MAX_VALUE;

  Maintainable {
    terms = List.copyOf(terms);
    selected = List.copyOf(selected);
    further = List.copyOf(further);
    order = List.copyOf(order);
  }

  boolean isCount() {
    return selected.isEmpty();
  }

  boolean passes(@Nullable Object[] row) {
    for (Term term : terms) {
      if (!term.holds(row)) {
        return false;
      }
    }
    return true;
  }

  /** One column of ORDER BY. */
  record Order(Column column, boolean isDescending) {}
}

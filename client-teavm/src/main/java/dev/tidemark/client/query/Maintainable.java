package dev.tidemark.client.query;

import dev.tidemark.client.query.FromClause.Ref;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query whose result follows from its rows and the changes alone: the rows of one view, each with
 * at most one row of each view joined to it.
 *
 * @param relation the view whose rows are counted, ordered and limited
 * @param fillSql gives the rows to start from, with the selected columns first; without LIMIT
 * @param fillParameters how many of the query's parameters it takes, the first ones
 * @param terms all conditions on the view
 * @param lookups the views joined to it, item 1 and on
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
    List<Lookup> lookups,
    List<Ref> selected,
    List<Ref> further,
    List<Order> order,
    int limit) {
  static final int NO_LIMIT = Integer.MAX_VALUE;

  Maintainable {
    terms = List.copyOf(terms);
    lookups = List.copyOf(lookups);
    selected = List.copyOf(selected);
    further = List.copyOf(further);
    order = List.copyOf(order);
  }

  boolean isCount() {
    return selected.isEmpty();
  }

  boolean passes(@Nullable Object[] row) {
    return Term.allHold(terms, row);
  }

  /** One column of ORDER BY, of the view itself. */
  record Order(Column column, boolean isDescending) {}

  /**
   * A view behind LEFT JOIN, found by a unique key.
   *
   * @param key columns of the joined view
   * @param from for each of them the column of the first view that it equals
   * @param terms further conditions of ON, on the joined view
   */
  record Lookup(Relation relation, List<Column> key, List<Column> from, List<Term> terms) {
    Lookup {
      key = List.copyOf(key);
      from = List.copyOf(from);
      terms = List.copyOf(terms);
    }
  }
}

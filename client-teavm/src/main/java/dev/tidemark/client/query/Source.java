package dev.tidemark.client.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that a query depends on: those that pass all terms, and of them the columns
 * read. A change that no source matches cannot alter the result.
 *
 * @param reads columns of the table, one bit each; {@link #ALL_COLUMNS} when unknown
 */
record Source(String table, List<Term> terms, long reads) {
  static final long ALL_COLUMNS = -1L;

  Source {
    terms = List.copyOf(terms);
  }

  /** Every row and column of a table. */
  static Source wholeTable(String table) {
    return new Source(table, List.of(), ALL_COLUMNS);
  }

  boolean matches(@Nullable Object[] row) {
    return Term.allHold(terms, row);
  }

  /**
   * The source in another table, given the conditions on the rows of the view that depend on it.
   */
  static Source of(Relation.Foreign foreign, List<Term> viewTerms) {
    List<Term> terms = new ArrayList<>(foreign.always());
    for (Term term : viewTerms) {
      Column there = foreign.correlated().get(term.column().name());
      if (there != null) {
        terms.add(new Term(there, term.test()));
      }
    }
    return new Source(foreign.table().name(), terms, foreign.reads());
  }
}

package dev.tidemark.client.query;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition of a conjunction: a row that fails it is not in the result. */
record Term(Column column, Test test) {

  /** Whether the row, of the column's base table, passes. */
  boolean holds(@Nullable Object[] row) {
    return test.accepts(column.value(row));
  }

  /** Whether the row passes all of them. */
  static boolean allHold(List<Term> terms, @Nullable Object[] row) {
    for (Term term : terms) {
      if (!term.holds(row)) {
        return false;
      }
    }
    return true;
  }

  /** Whether subscriptions can be found by the values that this term accepts. */
  boolean isIndexable() {
    return column.isPlain() && (test instanceof Test.Is || test instanceof Test.OneOf);
  }

  /** A condition on one value, with the constants bound. */
  sealed interface Test {

    boolean accepts(@Nullable Object value);

    /** {@code = constant}, {@code IS constant} and {@code IS NULL}. */
    record Is(@Nullable Object constant) implements Test {
      @Override
      public boolean accepts(@Nullable Object value) {
        return Objects.equals(value, constant);
      }
    }

    /** {@code IS NOT constant} and {@code IS NOT NULL}. */
    record IsNot(@Nullable Object constant) implements Test {
      @Override
      public boolean accepts(@Nullable Object value) {
        return !Objects.equals(value, constant);
      }
    }

    /** {@code <> constant}: never true for NULL. */
    record Differs(Object constant) implements Test {
      @Override
      public boolean accepts(@Nullable Object value) {
        return value != null && !value.equals(constant);
      }
    }

    /** {@code IN (...)}, without duplicates and NULLs. */
    record OneOf(Set<Object> constants) implements Test {
      public OneOf {
        // Not Set.copyOf: its order differs from run to run.
        constants = Collections.unmodifiableSet(new LinkedHashSet<>(constants));
      }

      @Override
      public boolean accepts(@Nullable Object value) {
        return value != null && constants.contains(value);
      }
    }

    /** {@code < <= > >= constant}: never true for NULL. */
    record Ordered(Comparison comparison, Object constant) implements Test {
      @Override
      public boolean accepts(@Nullable Object value) {
        if (value == null) {
          return false;
        }
        int order = SqlValues.compare(value, constant);
        return switch (comparison) {
          case LESS -> order < 0;
          case AT_MOST -> order <= 0;
          case GREATER -> order > 0;
          case AT_LEAST -> order >= 0;
        };
      }
    }

    /** A comparison with NULL. */
    record Never() implements Test {
      @Override
      public boolean accepts(@Nullable Object value) {
        return false;
      }
    }
  }

  enum Comparison {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST
  }
}

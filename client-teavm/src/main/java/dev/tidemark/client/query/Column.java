package dev.tidemark.client.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link Relation}, and where its values come from.
 *
 * @param ordinal of the same column in the base table, or {@link #COMPUTED}
 * @param type how SQLite compares it with a constant
 * @param reads the base table's columns that the value depends on, one bit each
 * @param derivation the value of a computed column from a row of the base table, null when other
 *     tables are needed
 * @param elsewhere what it reads in other tables
 */
record Column(
    String name,
    int ordinal,
    Type type,
    long reads,
    @Nullable Derivation derivation,
    List<Relation.Foreign> elsewhere) {

  static final int COMPUTED = -1;

  /** Computes a column from the base table's row. */
  interface Derivation {
    @Nullable Object of(@Nullable Object[] row);
  }

  /** The affinity: a constant of another kind is converted by SQLite, which we leave to it. */
  enum Type {
    TEXT,
    INTEGER,
    /** Compares without conversion. */
    NONE;

    boolean comparesExactly(@Nullable Object constant) {
      return switch (this) {
        case TEXT -> constant == null || constant instanceof String;
        case INTEGER -> constant == null || constant instanceof Number;
        case NONE -> true;
      };
    }
  }

  Column {
    elsewhere = List.copyOf(elsewhere);
  }

  static Column plain(String name, int ordinal, Type type) {
    return new Column(name, ordinal, type, 1L << ordinal, null, List.of());
  }

  boolean isPlain() {
    return ordinal != COMPUTED;
  }

  /** Whether a row of the base table is enough to know the value. */
  boolean isLocal() {
    return isPlain() || derivation != null;
  }

  /**
   * @throws IllegalStateException for a column that is not local
   */
  @Nullable Object value(@Nullable Object[] row) {
    if (ordinal != COMPUTED) {
      return row[ordinal];
    }
    if (derivation == null) {
      throw new IllegalStateException("column " + name + " needs other tables");
    }
    return derivation.of(row);
  }
}

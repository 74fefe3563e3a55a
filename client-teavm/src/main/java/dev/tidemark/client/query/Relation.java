package dev.tidemark.client.query;

import dev.tidemark.protocol.database.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query may name behind FROM: a view whose rows are, one to one, rows of a base table, with
 * columns that may come from elsewhere.
 */
final class Relation {
  private final String name;
  private final Table base;
  private final Map<String, Column> columns;
  private final List<List<Column>> uniqueKeys;
  private final List<Foreign> everyRow;
  private final long scanOrder;

  private Relation(Builder builder) {
    this.name = builder.name;
    this.base = builder.base;
    this.columns = new LinkedHashMap<>(builder.columns);
    this.uniqueKeys = List.copyOf(builder.uniqueKeys);
    this.everyRow = List.copyOf(builder.everyRow);
    this.scanOrder = builder.scanOrder;
  }

  /**
   * Rows of another table that a view's row depends on.
   *
   * @param reads columns that matter, one bit each
   * @param correlated for columns of the view, the ordinals here that hold the same value
   * @param always further conditions on the other row
   */
  record Foreign(Table table, long reads, Map<String, Column> correlated, List<Term> always) {
    Foreign {
      correlated = Map.copyOf(correlated);
      always = List.copyOf(always);
    }
  }

  String name() {
    return name;
  }

  Table base() {
    return base;
  }

  /** The column of that name in lower case, or null. */
  @Nullable Column column(String columnName) {
    return columns.get(columnName);
  }

  /** All columns in the order of {@code SELECT *}. */
  List<Column> columns() {
    return new ArrayList<>(columns.values());
  }

  /** Sets of columns that no two rows have equal, the shortest name of a row first. */
  List<List<Column>> uniqueKeys() {
    return uniqueKeys;
  }

  /** What every row depends on, whichever columns are read. */
  List<Foreign> everyRow() {
    return everyRow;
  }

  /**
   * Columns of the base table that indexes sort by: they decide which rows an incomplete ORDER BY
   * gives first.
   */
  long scanOrder() {
    return scanOrder;
  }

  /** Names of all tables that can matter. */
  Set<String> tables() {
    Set<String> names = new LinkedHashSet<>();
    names.add(base.name());
    for (Foreign foreign : everyRow) {
      names.add(foreign.table().name());
    }
    for (Column column : columns.values()) {
      for (Foreign foreign : column.elsewhere()) {
        names.add(foreign.table().name());
      }
    }
    return names;
  }

  static Builder of(String name, Table base) {
    return new Builder(name, base);
  }

  /** Collects the columns in order. */
  static final class Builder {
    private final String name;
    private final Table base;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<List<Column>> uniqueKeys = new ArrayList<>();
    private final List<Foreign> everyRow = new ArrayList<>();
    private long scanOrder;

    private Builder(String name, Table base) {
      this.name = name;
      this.base = base;
    }

    Builder text(int ordinal) {
      return text(base.columns().get(ordinal), ordinal);
    }

    Builder text(String column, int ordinal) {
      return add(Column.plain(column, ordinal, Column.Type.TEXT));
    }

    Builder integer(int ordinal) {
      return integer(base.columns().get(ordinal), ordinal);
    }

    Builder integer(String column, int ordinal) {
      return add(Column.plain(column, ordinal, Column.Type.INTEGER));
    }

    /** A column computed from the base row alone. */
    Builder computed(String column, long reads, Column.Derivation derivation) {
      return add(
          new Column(column, Column.COMPUTED, Column.Type.NONE, reads, derivation, List.of()));
    }

    /** A column computed from other tables. */
    Builder foreign(String column, long reads, Foreign... elsewhere) {
      return add(
          new Column(column, Column.COMPUTED, Column.Type.NONE, reads, null, List.of(elsewhere)));
    }

    Builder everyRow(Foreign foreign) {
      everyRow.add(foreign);
      return this;
    }

    Builder scanOrder(long columnBits) {
      scanOrder = columnBits;
      return this;
    }

    Builder unique(String... names) {
      List<Column> key = new ArrayList<>();
      for (String columnName : names) {
        Column column = columns.get(columnName);
        if (column == null) {
          throw new IllegalStateException(name + " has no column " + columnName);
        }
        key.add(column);
      }
      uniqueKeys.add(key);
      return this;
    }

    Relation build() {
      return new Relation(this);
    }

    private Builder add(Column column) {
      columns.put(column.name(), column);
      return this;
    }
  }
}

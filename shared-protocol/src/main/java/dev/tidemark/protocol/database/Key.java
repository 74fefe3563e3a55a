package dev.tidemark.protocol.database;

import org.jspecify.annotations.Nullable;

/** A unique key of a table: the columns that find at most one row. */
public final class Key {
  private final Table table;
  private final int[] columns;

  Key(Table table, int leadingColumns) {
    this.table = table;
    this.columns = new int[leadingColumns];
    for (int i = 0; i < leadingColumns; i++) {
      columns[i] = i;
    }
  }

  Key(Table table, String... names) {
    this.table = table;
    this.columns = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = table.columns().indexOf(names[i]);
      if (columns[i] < 0) {
        throw new IllegalArgumentException("table " + table + " has no column " + names[i]);
      }
    }
  }

  public Table table() {
    return table;
  }

  public int size() {
    return columns.length;
  }

  /** Ordinal in the table of the key's {@code index}-th column. */
  public int column(int index) {
    return columns[index];
  }

  /** The key's values in a row, joined to one text: equal exactly for equal keys of one table. */
  public String of(@Nullable Object[] row) {
    StringBuilder out = new StringBuilder(48);
    for (int column : columns) {
      out.append(row[column]).append('\u0000');
    }
    return out.toString();
  }

  /** Like {@link #of}, from the key's values alone. */
  public String ofValues(@Nullable Object... values) {
    StringBuilder out = new StringBuilder(48);
    for (Object value : values) {
      out.append(value).append('\u0000');
    }
    return out.toString();
  }
}

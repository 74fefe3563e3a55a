package dev.tidemark.protocol.database;

import java.util.ArrayList;
import java.util.List;

/**
 * Describes a table to the code that writes rows: its columns in order, and its key, the first
 * columns. Rows are {@code Object[]} of {@link String}, {@link Long} or null in this order. Columns
 * that only SQLite knows (row numbers of full text search) are not listed.
 */
public final class Table {
  private final String name;
  private final List<String> columns;
  private final Key primary;
  private final List<Key> keys = new ArrayList<>();

  /**
   * @param keyColumns how many of the first columns make the key
   */
  public Table(String name, int keyColumns, String... columns) {
    this.name = name;
    this.columns = List.of(columns);
    this.primary = new Key(this, keyColumns);
    keys.add(primary);
  }

  /** Declares a further unique key over the named columns. */
  public Key unique(String... columnNames) {
    Key key = new Key(this, columnNames);
    keys.add(key);
    return key;
  }

  public String name() {
    return name;
  }

  public List<String> columns() {
    return columns;
  }

  /** The key that identifies a row in changes, made of the first columns. */
  public Key key() {
    return primary;
  }

  /** All unique keys, the primary one first. */
  public List<Key> keys() {
    return keys;
  }

  @Override
  public String toString() {
    return name;
  }
}

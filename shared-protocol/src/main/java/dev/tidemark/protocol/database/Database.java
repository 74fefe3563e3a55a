package dev.tidemark.protocol.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What projections read and write rows through, small enough to have an in-memory model. Rows are
 * {@code Object[]} in the column order of their {@link Table}; a row passed in or handed out is
 * never changed afterwards. Confined to one thread, inside the transaction that its owner opened.
 */
public interface Database {

  /** The row under a unique key, or null. */
  @Nullable Object @Nullable [] find(Key key, Object... values);

  /** Adds a row; false, and nothing happens, when one of the table's unique keys is taken. */
  boolean insert(Table table, @Nullable Object[] row);

  /**
   * Replaces {@code before}, a row just found, by {@code after} with the same key.
   *
   * @throws IllegalStateException when the row is not there
   */
  void update(Table table, @Nullable Object[] before, @Nullable Object[] after);

  /**
   * Removes a row just found.
   *
   * @throws IllegalStateException when the row is not there
   */
  void delete(Table table, @Nullable Object[] row);

  /**
   * All rows whose first key columns equal {@code prefix}, ascending by key, at most {@code limit}.
   */
  List<@Nullable Object[]> scan(Table table, int limit, Object... prefix);
}

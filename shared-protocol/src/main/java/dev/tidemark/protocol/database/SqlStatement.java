package dev.tidemark.protocol.database;

import org.jspecify.annotations.Nullable;

/**
 * A prepared statement. Parameters count from 1, columns from 0, as in SQLite itself. Bind, {@link
 * #step()} until false, {@link #reset()}; a statement left unreset keeps its read transaction open.
 */
public interface SqlStatement {

  void bindText(int parameter, String value);

  void bindInteger(int parameter, long value);

  void bindNull(int parameter);

  /** Binds a {@link String}, {@link Long}, {@link Integer}, {@link Double} or null. */
  void bind(int parameter, @Nullable Object value);

  /** True when a row is there, false at the end. */
  boolean step();

  /** Ends the run, keeps the bindings. */
  void reset();

  int columnCount();

  String columnName(int column);

  boolean isNull(int column);

  /** The text of a column that is not NULL. */
  String text(int column);

  long integer(int column);

  /** The column as {@link String}, {@link Long}, {@link Double} or null, by what SQLite holds. */
  @Nullable Object value(int column);
}

package dev.tidemark.protocol.projection;

import org.jspecify.annotations.Nullable;

/** Typed reads of row arrays. */
final class Rows {

  private Rows() {}

  static long integer(@Nullable Object[] row, int column) {
    Object value = row[column];
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalStateException("column " + column + " holds no integer: " + value);
  }

  static String text(@Nullable Object[] row, int column) {
    Object value = row[column];
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalStateException("column " + column + " holds no text: " + value);
  }
}

package dev.tidemark.client.query;

import org.jspecify.annotations.Nullable;

/** Compares {@link String}, {@link Long}, {@link Double} and null as SQLite compares its values. */
final class SqlValues {

  private SqlValues() {}

  /** The same value in the form that rows hold: integers as {@link Long}, NaN as null. */
  static @Nullable Object normal(@Nullable Object value) {
    if (value instanceof Double number) {
      if (Double.isNaN(number)) {
        return null;
      }
      boolean isInteger = Math.rint(number) == number && Math.abs(number) < 9e18;
      return isInteger ? (Object) Long.valueOf(number.longValue()) : number;
    }
    if (value instanceof Integer number) {
      return Long.valueOf(number);
    }
    return value;
  }

  /** Order of ORDER BY: null first, then numbers, then texts by code point. */
  static int compare(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return compareTexts(x, y);
    }
    int classes = Integer.compare(storageClass(a), storageClass(b));
    if (classes != 0 || a == null || b == null) {
      return classes;
    }
    // One is a Double with a fraction or beyond 2^62: where the Long is inexact, they are far
    // apart.
    return Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
  }

  private static int storageClass(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    return value instanceof Number ? 1 : 2;
  }

  /** SQLite compares UTF-8 bytes, which is code point order; Java's own order is by UTF-16 unit. */
  private static int compareTexts(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean oneSurrogate = Character.isSurrogate(x) != Character.isSurrogate(y);
        if (oneSurrogate) {
          return Character.isSurrogate(x) ? 1 : -1;
        }
        return x - y;
      }
    }
    return a.length() - b.length();
  }
}

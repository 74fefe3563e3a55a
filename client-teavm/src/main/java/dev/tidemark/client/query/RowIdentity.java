package dev.tidemark.client.query;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns tell whether a row of one result is a row of the next: {@code space} and {@code id}
 * where selected; else for reactions those of {@code space}, {@code message}, {@code author},
 * {@code emoji}, for members and profiles those of {@code space}, {@code user}; else all columns,
 * so that a row never changes but goes and comes. Rows may share an identity.
 */
public final class RowIdentity {
  private static final List<String> REACTION = List.of("space", "message", "author", "emoji");

  private final int @Nullable [] ordinals;

  private RowIdentity(int @Nullable [] ordinals) {
    this.ordinals = ordinals;
  }

  public static RowIdentity of(List<String> columns) {
    if (columns.contains("id")) {
      return new RowIdentity(selected(columns, List.of("space", "id")));
    }
    if (columns.contains("emoji")) {
      return new RowIdentity(selected(columns, REACTION));
    }
    if (columns.contains("user")) {
      return new RowIdentity(selected(columns, List.of("space", "user")));
    }
    return new RowIdentity(null);
  }

  private static int[] selected(List<String> columns, List<String> names) {
    int[] ordinals = new int[names.size()];
    int count = 0;
    for (String name : names) {
      int ordinal = columns.indexOf(name);
      if (ordinal >= 0) {
        ordinals[count++] = ordinal;
      }
    }
    return Arrays.copyOf(ordinals, count);
  }

  /** Equal exactly for rows of the same identity. */
  Object key(@Nullable Object[] row) {
    if (ordinals == null) {
      return Arrays.asList(row);
    }
    if (ordinals.length == 1) {
      return String.valueOf(row[ordinals[0]]);
    }
    @Nullable Object[] values = new Object[ordinals.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[ordinals[i]];
    }
    return Arrays.asList(values);
  }
}

package dev.tidemark.protocol.database;

import org.jspecify.annotations.Nullable;

/**
 * One row written: {@code before} is null for an insert, {@code after} for a delete. The rows are
 * shared, not copied: read only.
 */
public final class Change {
  private final Table table;
  private final @Nullable Object @Nullable [] before;
  private final @Nullable Object @Nullable [] after;

  public Change(
      Table table, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after) {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a change of " + table + " without rows");
    }
    this.table = table;
    this.before = before;
    this.after = after;
  }

  public Table table() {
    return table;
  }

  /** The row as it was, or null where there was none. */
  public @Nullable Object @Nullable [] before() {
    return before;
  }

  /** The row as it is now, or null where there is none. */
  public @Nullable Object @Nullable [] after() {
    return after;
  }

  /** The values of the row's key, as one text. */
  public String key() {
    if (after != null) {
      return table.key().of(after);
    }
    if (before != null) {
      return table.key().of(before);
    }
    throw new IllegalStateException("a change without rows");
  }

  /** The change that takes this one back. */
  public Change inverse() {
    return new Change(table, after, before);
  }
}

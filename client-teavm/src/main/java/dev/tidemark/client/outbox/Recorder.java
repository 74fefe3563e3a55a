package dev.tidemark.client.outbox;

import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes through to a database and remembers what was written, for invalidation and undo, and on
 * demand which rows were looked at, for deciding whether two events commute.
 */
public final class Recorder implements Database {
  private final Database database;
  private List<Change> changes = new ArrayList<>();
  private @Nullable Set<String> touched;

  public Recorder(Database database) {
    this.database = database;
  }

  /** All changes since the last call, in order. */
  public List<Change> takeChanges() {
    List<Change> taken = changes;
    changes = new ArrayList<>();
    return taken;
  }

  int changeCount() {
    return changes.size();
  }

  /** The changes after the first {@code from}, as a copy. */
  List<Change> changesSince(int from) {
    return new ArrayList<>(changes.subList(from, changes.size()));
  }

  void forgetChangesAfter(int count) {
    changes.subList(count, changes.size()).clear();
  }

  /** From now on, remembers the key of every row that is found or written, found or not. */
  void startTouching() {
    touched = new HashSet<>();
  }

  /** Ends {@link #startTouching}. */
  Set<String> stopTouching() {
    Set<String> taken = touched;
    touched = null;
    if (taken == null) {
      throw new IllegalStateException("touching was not started");
    }
    return taken;
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    if (touched != null) {
      touched.add(name(key.table(), key.ofValues(values)));
    }
    return database.find(key, values);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    touch(table, row);
    boolean inserted = database.insert(table, row);
    if (inserted) {
      changes.add(new Change(table, null, row));
    }
    return inserted;
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    touch(table, before);
    database.update(table, before, after);
    changes.add(new Change(table, before, after));
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    touch(table, row);
    database.delete(table, row);
    changes.add(new Change(table, row, null));
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return database.scan(table, limit, prefix);
  }

  private void touch(Table table, @Nullable Object[] row) {
    if (touched != null) {
      touched.add(name(table, table.key().of(row)));
    }
  }

  private static String name(Table table, String key) {
    return table.name() + '\n' + key;
  }
}

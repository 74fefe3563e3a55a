package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what is written through it, so that it can be taken back. */
public final class RecordingDatabase implements Database {
  private final Database below;
  private final List<Change> changes = new ArrayList<>();

  public RecordingDatabase(Database below) {
    this.below = below;
  }

  /** What was written, oldest first. */
  public List<Change> changes() {
    return changes;
  }

  /** Takes everything back, newest first, by inverse changes. */
  public void undo() {
    while (!changes.isEmpty()) {
      perform(below, changes.removeLast().inverse());
    }
  }

  /** Does once more what a change says. */
  public static void perform(Database database, Change change) {
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    if (before == null) {
      if (after != null && !database.insert(change.table(), after)) {
        throw new IllegalStateException("the key of " + change.table() + " is taken");
      }
    } else if (after == null) {
      database.delete(change.table(), before);
    } else {
      database.update(change.table(), before, after);
    }
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    return below.find(key, values);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    boolean inserted = below.insert(table, row);
    if (inserted) {
      changes.add(new Change(table, null, row));
    }
    return inserted;
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    below.update(table, before, after);
    changes.add(new Change(table, before, after));
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    below.delete(table, row);
    changes.add(new Change(table, row, null));
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return below.scan(table, limit, prefix);
  }
}

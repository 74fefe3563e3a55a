package dev.tidemark.client.owner;

import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.database.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store whose disk turns out full at one write. */
final class FailingStore implements Store {
  private final Store store;
  private int writesLeft = -1;

  FailingStore(Store store) {
    this.store = store;
  }

  /** The write after so many fails, once. */
  void failAfter(int writes) {
    writesLeft = writes;
  }

  private void write() {
    if (writesLeft >= 0 && writesLeft-- == 0) {
      throw new SqlException(SqlException.IO_ERROR, "disk I/O error", "a write");
    }
  }

  @Override
  public void begin(boolean durable) {
    store.begin(durable);
  }

  @Override
  public void commit() {
    store.commit();
  }

  @Override
  public void rollback() {
    store.rollback();
  }

  @Override
  public void savepoint() {
    store.savepoint();
  }

  @Override
  public void rollbackToSavepoint() {
    store.rollbackToSavepoint();
  }

  @Override
  public void releaseSavepoint() {
    store.releaseSavepoint();
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    return store.find(key, values);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    write();
    return store.insert(table, row);
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    write();
    store.update(table, before, after);
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    write();
    store.delete(table, row);
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return store.scan(table, limit, prefix);
  }
}

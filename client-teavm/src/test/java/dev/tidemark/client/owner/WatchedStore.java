package dev.tidemark.client.owner;

import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.database.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands everything on to a store; a test decides what happens before each write of a row. */
public abstract class WatchedStore implements Store {
  private final Store store;

  protected WatchedStore(Store store) {
    this.store = store;
  }

  /** May throw instead of letting the row through. */
  protected abstract void beforeWrite();

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
    beforeWrite();
    return store.insert(table, row);
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    beforeWrite();
    store.update(table, before, after);
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    beforeWrite();
    store.delete(table, row);
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return store.scan(table, limit, prefix);
  }
}

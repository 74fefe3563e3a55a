package dev.tidemark.simulation;

import dev.tidemark.client.owner.QueryEngine;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.database.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory with SQLite's promises: a transaction is there wholly or not at all, a
 * durable commit takes all earlier ones to the disk, and a machine that goes down loses any number
 * of the newest commits that were not.
 */
final class MemoryDisk implements Disk, Store {
  private final MemoryDatabase rows = new MemoryDatabase();

  /** Commits that a crash of the machine may lose: each has kept its savepoint. */
  private int unsynced;

  private int transaction;
  private int mark;
  private boolean syncAtCommit;

  @Override
  public Store open() {
    return this;
  }

  @Override
  public QueryEngine queries() {
    return new ModelQueries(this);
  }

  @Override
  public void kill(@Nullable Dice dice) {
    rollback();
    if (dice != null && unsynced > 0) {
      int kept = dice.below(unsynced);
      rows.rollback(kept + 1);
      if (kept > 0) {
        rows.release(1);
      }
      unsynced = 0;
    }
  }

  @Override
  public void close() {}

  @Override
  public void begin(boolean durable) {
    if (transaction != 0) {
      throw new IllegalStateException("a transaction is open already");
    }
    transaction = rows.savepoint();
    syncAtCommit = durable;
  }

  @Override
  public void commit() {
    requireTransaction();
    transaction = 0;
    if (syncAtCommit) {
      rows.release(1);
      unsynced = 0;
    } else {
      unsynced++;
    }
  }

  @Override
  public void rollback() {
    if (transaction != 0) {
      rows.rollback(transaction);
      transaction = 0;
    }
  }

  @Override
  public void savepoint() {
    requireTransaction();
    mark = rows.savepoint();
  }

  @Override
  public void rollbackToSavepoint() {
    rows.rollback(mark);
    mark = rows.savepoint();
  }

  @Override
  public void releaseSavepoint() {
    rows.release(mark);
  }

  private void requireTransaction() {
    if (transaction == 0) {
      throw new IllegalStateException("no transaction is open");
    }
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    return rows.find(key, values);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    requireTransaction();
    return rows.insert(table, row);
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    requireTransaction();
    rows.update(table, before, after);
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    requireTransaction();
    rows.delete(table, row);
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return rows.scan(table, limit, prefix);
  }
}

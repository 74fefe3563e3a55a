package dev.tidemark.simulation;

import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.database.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store under which, at a write or a commit, the process dies or the storage turns out full. */
final class FaultyStore implements Store {
  private static final int DEEPEST_WRITE = 12;

  private final World world;
  private final Store store;
  private int writesUntilKill = -1;
  private int writesUntilFull = -1;
  private boolean fullAtCommit;
  private boolean diesAfterCommit;

  FaultyStore(World world, Store store) {
    this.world = world;
    this.store = store;
  }

  @Override
  public void begin(boolean durable) {
    writesUntilKill = -1;
    writesUntilFull = -1;
    fullAtCommit = false;
    diesAfterCommit = false;
    if (!world.isCalm()) {
      Dice dice = world.dice();
      int chance = dice.below(1000);
      if (chance < 4) {
        writesUntilKill = dice.below(DEEPEST_WRITE);
      } else if (chance < 8) {
        writesUntilFull = dice.below(DEEPEST_WRITE);
      } else {
        diesAfterCommit = chance < 11;
        fullAtCommit = chance == 11;
      }
    }
    store.begin(durable);
  }

  private void beforeWrite() {
    if (writesUntilKill >= 0 && writesUntilKill-- == 0) {
      world.struck(Fault.KILLED_IN_TRANSACTION);
      throw new Killed();
    }
    if (writesUntilFull >= 0 && writesUntilFull-- == 0) {
      full("a simulated write");
    }
  }

  /** SQLite keeps the transaction open after some failures and ends it by itself after others. */
  private void full(String where) {
    world.struck(Fault.STORAGE_FULL);
    if (world.strikes(Fault.ROLLED_BACK_ITSELF, 500)) {
      store.rollback();
    }
    throw new SqlException(SqlException.IO_ERROR, "disk I/O error", where);
  }

  @Override
  public void commit() {
    if (fullAtCommit) {
      full("a simulated commit");
    }
    store.commit();
    if (diesAfterCommit) {
      world.struck(Fault.KILLED_AFTER_COMMIT);
      throw new Killed();
    }
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

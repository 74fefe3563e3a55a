package dev.tidemark.simulation;

import dev.tidemark.client.owner.WatchedStore;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;

/** A store under which, at a write or a commit, the process dies or the storage turns out full. */
final class FaultyStore extends WatchedStore {
  private static final int DEEPEST_WRITE = 12;

  private final World world;
  private int writesUntilKill = -1;
  private int writesUntilFull = -1;
  private boolean fullAtCommit;
  private boolean diesAfterCommit;

  FaultyStore(World world, Store store) {
    super(store);
    this.world = world;
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
    super.begin(durable);
  }

  @Override
  protected void beforeWrite() {
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
      super.rollback();
    }
    throw new SqlException(SqlException.IO_ERROR, "disk I/O error", where);
  }

  @Override
  public void commit() {
    if (fullAtCommit) {
      full("a simulated commit");
    }
    super.commit();
    if (diesAfterCommit) {
      world.struck(Fault.KILLED_AFTER_COMMIT);
      throw new Killed();
    }
  }
}

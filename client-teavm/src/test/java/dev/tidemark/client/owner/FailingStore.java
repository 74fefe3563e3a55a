package dev.tidemark.client.owner;

import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;

/** A store whose disk turns out full at one write. */
final class FailingStore extends WatchedStore {
  private int writesLeft = -1;

  FailingStore(Store store) {
    super(store);
  }

  /** The write after so many fails, once. */
  void failAfter(int writes) {
    writesLeft = writes;
  }

  @Override
  protected void beforeWrite() {
    if (writesLeft >= 0 && writesLeft-- == 0) {
      throw new SqlException(SqlException.IO_ERROR, "disk I/O error", "a write");
    }
  }
}

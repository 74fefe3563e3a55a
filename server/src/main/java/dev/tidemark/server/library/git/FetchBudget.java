package dev.tidemark.server.library.git;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What a fetch may bring before it is ended. Packs go to the disk, up to the limit of the fetch;
 * all else that a host says (its refs, its progress) is kept in memory by JGit, and may be as long
 * as {@link #MAX_TALK_BYTES} only.
 */
final class FetchBudget {
  /** A repository of 10,000 tags and 200,000 other refs needs half of it. */
  static final long MAX_TALK_BYTES = 32L << 20;

  private final long maxBytes;
  private final String tooMany;
  private final FetchMonitor monitor;
  private final LongSupplier packBytes;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Nothing is taken yet.
   *
   * @param maxBytes of all answers together
   * @param tooMany the sentence for a fetch that goes beyond
   * @param packBytes how many of the bytes were those of a pack
   */
  FetchBudget(long maxBytes, String tooMany, FetchMonitor monitor, LongSupplier packBytes) {
    this.maxBytes = maxBytes;
    this.tooMany = tooMany;
    this.monitor = monitor;
    this.packBytes = packBytes;
  }

  FetchMonitor monitor() {
    return monitor;
  }

  /** Counts what was read from the host; throws when the fetch is to end. */
  void take(int bytes) throws IOException {
    long all = taken.addAndGet(bytes);
    if (all > maxBytes) {
      throw new RefusedConnection(tooMany);
    }
    if (all - packBytes.getAsLong() > MAX_TALK_BYTES) {
      throw new RefusedConnection(
          "The source tells of more branches and tags than the limit of "
              + (MAX_TALK_BYTES >> 20)
              + " MB allows.");
    }
    if (monitor.isCancelled()) {
      String objection = monitor.objection();
      throw new RefusedConnection(objection == null ? FetchMonitor.STOPPED : objection);
    }
  }
}

package dev.tidemark.server.library;

import java.time.Duration;

/**
 * How much goes into one transaction, steered by how long the last ones took: whoever appends an
 * event waits for one of them at most. Shared by all runs, so that a short one begins with what the
 * ones before it have learned of this machine and its disk. Thread-safe.
 */
final class BatchSize {
  static final int MAX_PIECES = 200;
  private static final int MIN_PIECES = 4;
  private static final int FIRST_PIECES = 24;
  private static final Duration WANTED = Duration.ofMillis(4);

  private int pieces = FIRST_PIECES;

  synchronized int pieces() {
    return pieces;
  }

  /** Learns from a transaction of so many pieces. */
  synchronized void took(int written, long nanos) {
    if (nanos > WANTED.toNanos()) {
      pieces = Math.max(MIN_PIECES, (int) (pieces * 0.7));
    } else if (written >= pieces && nanos < WANTED.toNanos() / 2) {
      pieces = Math.min(MAX_PIECES, pieces + 4);
    }
  }
}

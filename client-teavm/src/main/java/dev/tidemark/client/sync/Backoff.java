package dev.tidemark.client.sync;

import java.util.function.DoubleSupplier;

/**
 * Delays between tries: exponential with full jitter, so that many clients that lost the same
 * server do not come back together.
 */
final class Backoff {
  static final int FIRST_MILLIS = 250;
  static final int LONGEST_MILLIS = 30_000;

  private final DoubleSupplier random;
  private int failures;

  /**
   * @param random numbers from 0 to 1, 1 excluded
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /** How long to wait after one more failure: from 0 to 250 ms, 500 ms, ... 30 s. */
  long nextDelayMillis() {
    long ceiling = Math.min(LONGEST_MILLIS, (long) FIRST_MILLIS << Math.min(failures, 16));
    failures++;
    return (long) (random.getAsDouble() * ceiling);
  }

  /** The next failure is the first again. */
  void reset() {
    failures = 0;
  }
}

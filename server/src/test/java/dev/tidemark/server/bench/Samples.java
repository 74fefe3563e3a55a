package dev.tidemark.server.bench;

import java.util.Arrays;

/** Latencies of many threads, in microseconds. */
final class Samples {
  private long[] micros = new long[1_024];
  private int count;

  synchronized void add(long nanos) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, count * 2);
    }
    micros[count++] = nanos / 1_000;
  }

  /** The value below which this share of the samples lies, in milliseconds. */
  synchronized double percentileMillis(double share) {
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[(int) Math.min(count - 1, Math.floor(share * count))] / 1_000.0;
  }
}

package dev.tidemark.server.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How fast this machine reads memory in a loop: the floor of every scan. */
final class MemoryBandwidth {
  private static final int LONGS = 32 << 20; // 256 MB: more than the caches that a thread has
  private static final int ROUNDS = 6;

  private MemoryBandwidth() {}

  static double gigabytesPerSecond(int threads) throws InterruptedException {
    long[] memory = new long[LONGS];
    Arrays.fill(memory, 1);
    AtomicLong total = new AtomicLong();
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Thread> started = new ArrayList<>();
      long start = System.nanoTime();
      for (int t = 0; t < threads; t++) {
        int from = LONGS / threads * t;
        int to = LONGS / threads * (t + 1);
        started.add(Thread.ofPlatform().start(() -> total.addAndGet(sum(memory, from, to))));
      }
      for (Thread thread : started) {
        thread.join();
      }
      best = Math.max(best, LONGS * 8.0 / (System.nanoTime() - start));
    }
    if (total.get() != (long) ROUNDS * LONGS) {
      throw new IllegalStateException("the sums must be right: " + total.get());
    }
    return best;
  }

  private static long sum(long[] memory, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += memory[i];
    }
    return sum;
  }
}

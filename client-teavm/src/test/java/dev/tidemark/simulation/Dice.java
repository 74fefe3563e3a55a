package dev.tidemark.simulation;

import java.util.List;

/** The random source of one schedule (SplitMix64): the same sequence for the same seed. */
final class Dice {
  private long state;

  Dice(long seed) {
    state = seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) Math.floorMod(next(), (long) bound);
  }

  /** {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return low + Math.floorMod(next(), high - low + 1);
  }

  /** True {@code permille} times in a thousand. */
  boolean chance(int permille) {
    return below(1000) < permille;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}

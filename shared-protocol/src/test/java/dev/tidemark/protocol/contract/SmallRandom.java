package dev.tidemark.protocol.contract;

import java.util.List;

/**
 * A small random source (xorshift on 32 bits) with the same sequence on every platform. Good enough
 * to vary logs, for nothing else.
 */
public final class SmallRandom {
  private int state;

  public SmallRandom(int seed) {
    // Neighbouring seeds would begin alike, and 0 would stay 0 for ever.
    int mixed = (seed ^ 0x5bd1e995) * 0x01000193;
    mixed ^= mixed >>> 15;
    state = mixed == 0 ? 0x2545f491 : mixed;
  }

  /** 0 to {@code bound} - 1. */
  public int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("a bound must be positive: " + bound);
    }
    int next = state;
    next ^= next << 13;
    next ^= next >>> 17;
    next ^= next << 5;
    state = next;
    return (next >>> 1) % bound;
  }

  /** True {@code percent} times in a hundred. */
  public boolean chance(int percent) {
    return below(100) < percent;
  }

  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}

package dev.tidemark.server.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The same sample in every run. */
final class Sampling {
  private static final long SEED = 20_261_121;

  private Sampling() {}

  static <T> List<T> of(List<T> all, int limit) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(SEED));
    return List.copyOf(shuffled.subList(0, Math.min(limit, shuffled.size())));
  }
}

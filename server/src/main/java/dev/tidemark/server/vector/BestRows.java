package dev.tidemark.server.vector;

import java.util.Arrays;

/** The best rows so far: a heap with the worst of them on top. Not thread-safe. */
final class BestRows {
  private final long[] numbers;
  private final float[] scores;
  private int size;

  BestRows(int limit) {
    numbers = new long[limit];
    scores = new float[limit];
  }

  int size() {
    return size;
  }

  /** Whether a row with that score would be kept; ties are lost. */
  boolean wants(float score) {
    return size < numbers.length || score > scores[0];
  }

  void add(long number, float score) {
    if (size < numbers.length) {
      up(size++, number, score);
    } else if (score > scores[0]) {
      down(number, score);
    }
  }

  void addAll(BestRows others) {
    for (int i = 0; i < others.size; i++) {
      add(others.numbers[i], others.scores[i]);
    }
  }

  /** The numbers, ascending, each once. */
  long[] numbers() {
    return Arrays.stream(numbers, 0, size).sorted().distinct().toArray();
  }

  private void up(int from, long number, float score) {
    int at = from;
    while (at > 0 && score < scores[(at - 1) >>> 1]) {
      int parent = (at - 1) >>> 1;
      numbers[at] = numbers[parent];
      scores[at] = scores[parent];
      at = parent;
    }
    numbers[at] = number;
    scores[at] = score;
  }

  private void down(long number, float score) {
    int at = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && scores[child + 1] < scores[child]) {
        child++;
      }
      if (score <= scores[child]) {
        break;
      }
      numbers[at] = numbers[child];
      scores[at] = scores[child];
      at = child;
      child = 2 * at + 1;
    }
    numbers[at] = number;
    scores[at] = score;
  }
}

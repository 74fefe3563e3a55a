package dev.tidemark.server.vector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** Vectors of length 1 by seed, and the neighbours that a plain loop finds. */
public final class TestVectors {
  private TestVectors() {}

  public static float[] unit(Random random, int dimensions) {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return normalise(vector);
  }

  /** A vector not far from another. */
  public static float[] near(Random random, float[] center) {
    float[] vector = unit(random, center.length);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = 0.5f * vector[i] + center[i];
    }
    return normalise(vector);
  }

  private static float[] normalise(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return vector;
  }

  /** Numbers from 1. */
  public static NavigableMap<Long, float[]> random(Random random, int count, int dimensions) {
    NavigableMap<Long, float[]> vectors = new TreeMap<>();
    for (long number = 1; number <= count; number++) {
      vectors.put(number, unit(random, dimensions));
    }
    return vectors;
  }

  /** Numbers from 1, gathered around so many centers. */
  public static NavigableMap<Long, float[]> clustered(
      Random random, int count, int dimensions, int clusters) {
    List<float[]> centers = new ArrayList<>();
    for (int i = 0; i < clusters; i++) {
      centers.add(unit(random, dimensions));
    }
    NavigableMap<Long, float[]> vectors = new TreeMap<>();
    for (long number = 1; number <= count; number++) {
      vectors.put(number, near(random, centers.get(random.nextInt(clusters))));
    }
    return vectors;
  }

  /** The vector of a number that is there. */
  static float[] of(Map<Long, float[]> vectors, long number) {
    float[] vector = vectors.get(number);
    if (vector == null) {
      throw new AssertionError("no vector " + number);
    }
    return vector;
  }

  static float[] any(Random random, NavigableMap<Long, float[]> vectors) {
    Map.Entry<Long, float[]> next = vectors.ceilingEntry((long) random.nextInt(vectors.size()));
    return next == null ? vectors.firstEntry().getValue() : next.getValue();
  }

  static List<Neighbour> nearest(
      NavigableMap<Long, float[]> vectors, float[] query, int limit, VectorFilter filter) {
    List<Neighbour> all = new ArrayList<>();
    vectors.forEach((number, vector) -> {
      if (filter.accepts(number, VectorIndexContract.scopeOf(number))) {
        float dot = 0;
        for (int i = 0; i < query.length; i++) {
          dot += query[i] * vector[i];
        }
        all.add(new Neighbour(number, dot));
      }
    });
    all.sort(Comparator.comparingDouble(Neighbour::similarity).reversed());
    return all.subList(0, Math.min(limit, all.size()));
  }
}

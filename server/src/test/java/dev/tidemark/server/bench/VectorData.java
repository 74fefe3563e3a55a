package dev.tidemark.server.bench;

import dev.tidemark.server.vector.TestVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The data sets, each made again from its seed, so that they need not stay in memory. */
final class VectorData {
  private static final int CLUSTERS = 500;

  private VectorData() {}

  /** Vectors of length 1, numbered from 0. */
  interface Source {
    String name();

    int count();

    int dimensions();

    float[] vector(int number);

    List<float[]> queries(int count);

    /** For each query the numbers, from 1, of its nearest, by comparing with all. */
    default List<Set<Long>> exact(List<float[]> queries, int limit) {
      List<TreeSet<Scored>> best = new ArrayList<>();
      queries.forEach(query -> best.add(new TreeSet<>()));
      for (int i = 0; i < count(); i++) {
        float[] vector = vector(i);
        for (int q = 0; q < queries.size(); q++) {
          TreeSet<Scored> own = best.get(q);
          float score = dot(queries.get(q), vector);
          if (own.size() < limit || score > own.first().score()) {
            own.add(new Scored(score, i + 1L));
            if (own.size() > limit) {
              own.pollFirst();
            }
          }
        }
      }
      List<Set<Long>> numbers = new ArrayList<>();
      for (TreeSet<Scored> own : best) {
        Set<Long> set = new TreeSet<>();
        own.forEach(scored -> set.add(scored.number()));
        numbers.add(set);
      }
      return numbers;
    }
  }

  /** A score with its row; greater is nearer. */
  record Scored(float score, long number) implements Comparable<Scored> {
    @Override
    public int compareTo(Scored other) {
      int byScore = Float.compare(score, other.score);
      return byScore != 0 ? byScore : Long.compare(number, other.number);
    }
  }

  /** Four sums, so that the processor need not wait for each addition. */
  static float dot(float[] left, float[] right) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 0; i + 3 < left.length; i += 4) {
      a += left[i] * right[i];
      b += left[i + 1] * right[i + 1];
      c += left[i + 2] * right[i + 2];
      d += left[i + 3] * right[i + 3];
    }
    return a + b + c + d;
  }

  static List<Source> sources() throws IOException {
    List<Source> sources = new ArrayList<>();
    sources.add(new Made("10,000 x 1,536 clustered", 10_000, 1_536, true));
    sources.add(new Made("10,000 x 1,536 random", 10_000, 1_536, false));
    sources.add(new Made("50,000 x 1,536 clustered", 50_000, 1_536, true));
    sources.add(new Made("50,000 x 1,536 random", 50_000, 1_536, false));
    sources.add(new Made("200,000 x 384 clustered", 200_000, 384, true));
    sources.add(new Made("200,000 x 384 random", 200_000, 384, false));
    Source chat = ChatVectors.source();
    if (chat == null) {
      System.out.println("No chat is at hand (TIDEMARK_BENCH_CHAT names its folder): left out.");
    } else {
      sources.add(chat);
    }
    return sources;
  }

  /** Random vectors, evenly spread or around centers. */
  private record Made(String name, int count, int dimensions, boolean clustered) implements Source {
    @Override
    public float[] vector(int number) {
      Random random = new Random(number * 7_919L + dimensions);
      if (!clustered) {
        return TestVectors.unit(random, dimensions);
      }
      Random center = new Random(random.nextInt(CLUSTERS));
      return TestVectors.near(random, TestVectors.unit(center, dimensions));
    }

    @Override
    public List<float[]> queries(int wanted) {
      List<float[]> queries = new ArrayList<>();
      for (int i = 0; i < wanted; i++) {
        Random random = new Random(-1L - i);
        queries.add(
            clustered
                ? TestVectors.near(random, vector(random.nextInt(count)))
                : TestVectors.unit(random, dimensions));
      }
      return queries;
    }
  }
}

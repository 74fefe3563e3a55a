package dev.tidemark.server.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.WriteTransaction;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every vector index keeps, whatever it is made of. */
abstract class VectorIndexContract {
  private static final int DIMENSIONS = 96;
  private static final int KIND = 1;

  /** Some writing in one transaction. */
  @FunctionalInterface
  interface Change {
    void run(WriteTransaction transaction) throws SQLException;
  }

  /** The index under test, empty at first. */
  abstract VectorIndex index();

  /** Runs a change and waits until it is stored. */
  abstract void write(Change change);

  /** The set of a generation of the test. */
  VectorSet set(long generation, int dimensions) {
    write(transaction -> index().open(transaction, generation, KIND, dimensions));
    VectorSet set = index().find(generation, KIND);
    if (set == null) {
      throw new AssertionError("a set that was opened must be found");
    }
    return set;
  }

  void put(VectorSet set, NavigableMap<Long, float[]> vectors) {
    write(transaction -> {
      for (Long number : vectors.keySet()) {
        index().put(transaction, set, number, scopeOf(number), TestVectors.of(vectors, number));
      }
    });
  }

  static int scopeOf(long number) {
    return (int) (number % 10);
  }

  void packAll(VectorSet set) throws InterruptedException {
    int steps = 0;
    while (index().pack(set)) {
      assertTrue(++steps < 10_000, "packing must come to an end");
    }
  }

  private static List<Long> numbers(List<Neighbour> neighbours) {
    return neighbours.stream().map(Neighbour::number).toList();
  }

  private static double recall(List<Neighbour> found, List<Neighbour> exact) {
    Set<Long> right = exact.stream().map(Neighbour::number).collect(Collectors.toSet());
    return (double) found.stream().filter(one -> right.contains(one.number())).count()
        / exact.size();
  }

  private double meanRecall(
      VectorSet set, NavigableMap<Long, float[]> vectors, Random random, VectorFilter filter) {
    double sum = 0;
    int queries = 40;
    for (int i = 0; i < queries; i++) {
      float[] query = TestVectors.near(random, TestVectors.any(random, vectors));
      List<Neighbour> found = index().nearest(set, query, 50, filter);
      List<Neighbour> exact = TestVectors.nearest(vectors, query, 50, filter);
      assertEquals(exact.size(), found.size());
      sum += recall(found, exact);
    }
    return sum / queries;
  }

  @Test
  void an_empty_set_has_no_neighbours() {
    VectorSet set = set(1, DIMENSIONS);
    assertEquals(
        List.of(),
        index()
            .nearest(
                set, TestVectors.unit(new Random(1), DIMENSIONS), 10, VectorFilter.EVERYTHING));
  }

  @Test
  void warming_up_ends_when_it_is_told_and_changes_nothing() throws InterruptedException {
    Random random = new Random(5);
    VectorSet set = set(1, DIMENSIONS);
    float[] query = TestVectors.unit(random, DIMENSIONS);
    index().warmUp(set, query, () -> true);
    NavigableMap<Long, float[]> vectors = new TreeMap<>();
    for (long number = 1; number <= 6_000; number++) {
      vectors.put(number, TestVectors.unit(random, DIMENSIONS));
    }
    put(set, vectors);
    packAll(set);
    AtomicInteger parts = new AtomicInteger();
    index().warmUp(set, query, () -> parts.incrementAndGet() < 2);
    assertEquals(2, parts.get());
    index().warmUp(set, query, () -> true);
    assertEquals(10, index().nearest(set, query, 10, VectorFilter.EVERYTHING).size());
  }

  @Test
  void a_set_keeps_its_number_and_dimensions() {
    VectorSet first = set(1, DIMENSIONS);
    assertEquals(first, set(1, DIMENSIONS));
    assertNull(index().find(2, KIND));
    assertTrue(set(2, DIMENSIONS).number() != first.number());
  }

  @Test
  void the_nearest_come_first_with_their_exact_similarity() {
    Random random = new Random(2);
    VectorSet set = set(1, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.random(random, 200, DIMENSIONS);
    put(set, vectors);
    float[] query = TestVectors.of(vectors, 17);
    List<Neighbour> found = index().nearest(set, query, 5, VectorFilter.EVERYTHING);
    assertEquals(17, found.getFirst().number());
    assertEquals(1.0, found.getFirst().similarity(), 1e-5);
    assertEquals(
        numbers(TestVectors.nearest(vectors, query, 5, VectorFilter.EVERYTHING)), numbers(found));
  }

  @Test
  void recall_is_high_on_random_vectors_packed_and_waiting() throws InterruptedException {
    Random random = new Random(3);
    VectorSet set = set(1, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.random(random, 7_000, DIMENSIONS);
    put(set, vectors);
    packAll(set);
    assertTrue(meanRecall(set, vectors, random, VectorFilter.EVERYTHING) >= 0.99);
  }

  @Test
  void recall_is_high_on_clustered_vectors_also_with_a_filter() throws InterruptedException {
    Random random = new Random(4);
    VectorSet set = set(1, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.clustered(random, 7_000, DIMENSIONS, 60);
    put(set, vectors);
    packAll(set);
    assertTrue(meanRecall(set, vectors, random, VectorFilter.EVERYTHING) >= 0.99);
    assertTrue(meanRecall(set, vectors, random, (number, scope) -> scope == 3) >= 0.99);
  }

  @Test
  void a_filter_is_applied_before_the_best_are_cut_off() throws InterruptedException {
    Random random = new Random(5);
    VectorSet set = set(1, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.random(random, 6_000, DIMENSIONS);
    put(set, vectors);
    packAll(set);
    float[] query = TestVectors.unit(random, DIMENSIONS);
    List<Neighbour> worst =
        TestVectors.nearest(vectors, query, 6_000, VectorFilter.EVERYTHING).subList(5_990, 6_000);
    Set<Long> allowed = worst.stream().map(Neighbour::number).collect(Collectors.toSet());
    List<Neighbour> found =
        index().nearest(set, query, 10, (number, scope) -> allowed.contains(number));
    assertEquals(numbers(worst), numbers(found));
    assertEquals(List.of(), index().nearest(set, query, 10, (number, scope) -> false));
  }

  @Test
  void changes_are_seen_by_the_next_search() throws InterruptedException {
    Random random = new Random(6);
    VectorSet set = set(1, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.clustered(random, 6_000, DIMENSIONS, 20);
    put(set, vectors);
    packAll(set);
    for (int round = 0; round < 8; round++) {
      NavigableMap<Long, float[]> changed = new TreeMap<>();
      Set<Long> removed = new HashSet<>();
      for (int i = 0; i < 300; i++) {
        long number = 1L + random.nextInt(6_200);
        if (random.nextBoolean()) {
          changed.put(number, TestVectors.unit(random, DIMENSIONS));
        } else {
          removed.add(number);
        }
      }
      removed.removeAll(changed.keySet());
      put(set, changed);
      write(transaction -> {
        for (long number : removed) {
          index().remove(transaction, set, number);
        }
      });
      vectors.putAll(changed);
      vectors.keySet().removeAll(removed);
      assertTrue(meanRecall(set, vectors, random, VectorFilter.EVERYTHING) >= 0.99);
      for (long number : removed) {
        List<Neighbour> all = index().nearest(set, query(random), 60, (n, scope) -> n == number);
        assertEquals(List.of(), all);
      }
      if (round % 2 == 1) {
        packAll(set);
        assertTrue(meanRecall(set, vectors, random, VectorFilter.EVERYTHING) >= 0.99);
      }
    }
  }

  private static float[] query(Random random) {
    return TestVectors.unit(random, DIMENSIONS);
  }

  @Test
  void a_number_that_is_given_again_names_its_new_vector_only() throws InterruptedException {
    Random random = new Random(7);
    VectorSet set = set(1, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.random(random, 6_000, DIMENSIONS);
    put(set, vectors);
    packAll(set);
    float[] old = TestVectors.of(vectors, 40);
    write(transaction -> index().remove(transaction, set, 40));
    float[] fresh = TestVectors.unit(random, DIMENSIONS);
    put(set, new TreeMap<>(Map.of(40L, fresh)));
    List<Neighbour> found = index().nearest(set, old, 1, VectorFilter.EVERYTHING);
    assertTrue(found.getFirst().similarity() < 0.99 || found.getFirst().number() != 40);
    assertEquals(40, index().nearest(set, fresh, 1, VectorFilter.EVERYTHING).getFirst().number());
  }

  @Test
  void a_dropped_set_is_gone_and_its_neighbours_stay() throws InterruptedException {
    Random random = new Random(8);
    VectorSet first = set(1, DIMENSIONS);
    VectorSet second = set(2, DIMENSIONS);
    NavigableMap<Long, float[]> vectors = TestVectors.random(random, 3_500, DIMENSIONS);
    put(first, vectors);
    put(second, vectors);
    packAll(first);
    packAll(second);
    boolean[] more = {true};
    while (more[0]) {
      write(transaction -> more[0] = index().drop(transaction, first));
    }
    assertNull(index().find(1, KIND));
    assertFalse(index().pack(second));
    assertTrue(meanRecall(second, vectors, random, VectorFilter.EVERYTHING) >= 0.99);
  }

  @Test
  void other_dimensions_and_limits_are_refused() {
    VectorSet set = set(1, DIMENSIONS);
    float[] other = TestVectors.unit(new Random(9), DIMENSIONS + 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> index().nearest(set, other, 10, VectorFilter.EVERYTHING));
    assertThrows(
        IllegalArgumentException.class,
        () -> index().nearest(set, new float[DIMENSIONS], 0, VectorFilter.EVERYTHING));
    assertThrows(
        IllegalArgumentException.class,
        () -> write(transaction -> index().put(transaction, set, 1, 0, other)));
    assertThrows(
        IllegalArgumentException.class,
        () -> write(transaction -> index().open(transaction, 1, KIND, DIMENSIONS + 1)));
  }
}

package dev.tidemark.server.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.Migrations;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.SqliteFile;
import dev.tidemark.server.database.Verdict;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteVectorIndexTest extends VectorIndexContract {
  @TempDir Path folder;
  private GroupWriter writer;
  private ReaderPool readers;
  private SqliteVectorIndex index;

  @BeforeEach
  void open() {
    SqliteFile file = new SqliteFile(folder.resolve("vectors.db"));
    Migrations.run(file, List.of(VectorTables.SCHEMA));
    writer = new GroupWriter(file);
    readers = new ReaderPool(file, 2);
    index = new SqliteVectorIndex(writer, readers);
  }

  @AfterEach
  void close() {
    readers.close();
    writer.close();
  }

  @Override
  VectorIndex index() {
    return index;
  }

  @Override
  void write(Change change) {
    try {
      writer
          .submit(
              0,
              transaction -> {
                change.run(transaction);
                return new Verdict.Keep<>(true);
              })
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private long count(String what) {
    return readers.read(reader -> {
      try (ResultSet row = reader.prepare("select " + what).executeQuery()) {
        return row.getLong(1);
      }
    });
  }

  @Test
  void packing_takes_the_codes_of_removed_rows_out_of_the_file() throws InterruptedException {
    VectorSet set = set(1, 384);
    NavigableMap<Long, float[]> vectors = TestVectors.random(new Random(1), 1_400, 384);
    put(set, vectors);
    packAll(set);
    assertEquals(2, count("count(*) from vector_chunk"));
    long before = count("sum(length(codes)) from vector_chunk");
    write(transaction -> {
      for (long number = 1; number <= 10; number++) {
        index.remove(transaction, set, number);
      }
    });
    assertEquals(10, count("count(*) from vector_hole"));
    packAll(set);
    assertEquals(0, count("count(*) from vector_hole"));
    assertEquals(before - 10 * 384, count("sum(length(codes)) from vector_chunk"));
    assertEquals(1_390, count("count(*) from vector_exact"));
  }

  @Test
  void chunks_that_lost_most_of_their_vectors_are_dissolved() throws InterruptedException {
    VectorSet set = set(1, 384);
    put(set, TestVectors.random(new Random(2), 1_400, 384));
    packAll(set);
    write(transaction -> {
      for (long number = 1; number <= 1_360; number++) {
        index.remove(transaction, set, number);
      }
    });
    packAll(set);
    assertEquals(0, count("count(*) from vector_chunk"));
    assertEquals(40, count("count(*) from vector where chunk is null"));
  }

  @Test
  void searches_find_every_vector_while_chunks_come_and_go() throws InterruptedException {
    VectorSet set = set(1, 384);
    NavigableMap<Long, float[]> vectors = TestVectors.random(new Random(3), 14_000, 384);
    put(set, vectors);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger searches = new AtomicInteger();
    List<Long> lost = new ArrayList<>();
    Thread searching =
        Thread.ofPlatform()
            .start(() -> {
              Random random = new Random(4);
              while (!done.get()) {
                long number = 7_001L + random.nextInt(7_000);
                List<Neighbour> found =
                    index.nearest(set, TestVectors.of(vectors, number), 1, VectorFilter.EVERYTHING);
                searches.incrementAndGet();
                if (found.isEmpty() || found.getFirst().number() != number) {
                  lost.add(number);
                }
              }
            });
    packAll(set);
    for (long from = 1; from <= 7_000; from += 100) {
      long first = from;
      write(transaction -> {
        for (long number = first; number < first + 100; number++) {
          index.remove(transaction, set, number);
        }
      });
      packAll(set);
    }
    done.set(true);
    searching.join();
    assertTrue(searches.get() > 5, "searches: " + searches.get());
    assertEquals(List.of(), lost);
  }

  @Test
  void many_searches_at_once_come_to_an_end() throws InterruptedException {
    VectorSet set = set(1, 384);
    NavigableMap<Long, float[]> vectors = TestVectors.random(new Random(5), 14_000, 384);
    put(set, vectors);
    packAll(set);
    List<Thread> threads = new ArrayList<>();
    AtomicInteger right = new AtomicInteger();
    for (int i = 0; i < 16; i++) {
      long number = 1 + i * 700L;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                List<Neighbour> found =
                    index.nearest(set, TestVectors.of(vectors, number), 3, VectorFilter.EVERYTHING);
                if (found.getFirst().number() == number) {
                  right.incrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(16, right.get());
  }

  @Test
  void plain_loops_and_simd_agree() {
    Random random = new Random(6);
    VectorMath plain = new PlainMath();
    VectorMath simd = new SimdMath();
    for (int dimensions : new int[] {1, 7, 64, 100, 384, 1_000, 1_536}) {
      byte[] query = new byte[dimensions];
      byte[] codes = new byte[dimensions + 5];
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < codes.length; i++) {
          codes[i] = (byte) (random.nextInt(255) - 127);
        }
        for (int i = 0; i < dimensions; i++) {
          query[i] = round == 0 ? 127 : (byte) (random.nextInt(255) - 127);
          codes[5 + i] = round == 0 ? -127 : codes[5 + i];
        }
        assertEquals(plain.dot(query, codes, 5), simd.dot(query, codes, 5));
      }
      float[] left = TestVectors.unit(random, dimensions);
      float[] right = TestVectors.unit(random, dimensions);
      assertEquals(plain.dot(left, right), simd.dot(left, right), 1e-5);
    }
    assertFalse(VectorMath.BEST instanceof PlainMath, "tests run with the module");
  }
}

package dev.tidemark.server.bench;

import dev.tidemark.server.bench.VectorData.Source;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.Migrations;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.SqliteFile;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.vector.Neighbour;
import dev.tidemark.server.vector.SqliteVectorIndex;
import dev.tidemark.server.vector.VectorFilter;
import dev.tidemark.server.vector.VectorSet;
import dev.tidemark.server.vector.VectorTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Nearest neighbours in a fresh file: latency, recall against every vector, memory, and sqlite-vec
 * beside it in the same run where its extension can be had.
 */
final class VectorBench {
  private static final int NEAREST = 50;
  private static final int QUERIES = 100;
  private static final int WARM_UP = 30;
  private static final int INSERT_BATCH = 100;

  private VectorBench() {}

  /**
   * @param only part of the name of a data set, or null for all
   */
  static void run(@Nullable String only) throws IOException, InterruptedException, SQLException {
    double bandwidth = MemoryBandwidth.gigabytesPerSecond(1);
    System.out.printf(
        Locale.ROOT,
        "memory: %.1f GB/s by one thread, %.1f GB/s by two%n%n",
        bandwidth,
        MemoryBandwidth.gigabytesPerSecond(2));
    Path extension = SqliteVec.fetch();
    if (extension == null) {
      System.out.println("sqlite-vec cannot be fetched here: it is missing from the table.");
    }
    System.out.printf(
        "%-34s %8s %8s %8s %9s %11s %11s %10s %22s   %s%n",
        "vectors",
        "p50 ms",
        "p99 ms",
        "recall",
        "codes MB",
        "scan GB/s",
        "heap MB",
        "inserts/s",
        "sqlite-vec p50/p99",
        "times faster");
    for (Source source : VectorData.sources()) {
      if (only == null || source.name().contains(only)) {
        measure(source, extension);
      }
    }
  }

  private static void measure(Source source, @Nullable Path extension)
      throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("tidemark-vectors");
    Path database = folder.resolve("vectors.db");
    SqliteFile file = new SqliteFile(database);
    Migrations.run(file, List.of(VectorTables.SCHEMA));
    try (GroupWriter writer = new GroupWriter(file);
        ReaderPool readers =
            new ReaderPool(file, Math.max(2, Runtime.getRuntime().availableProcessors()))) {
      SqliteVectorIndex index = new SqliteVectorIndex(writer, readers);
      long heapBefore = usedHeap();
      long start = System.nanoTime();
      VectorSet set = fill(writer, index, source);
      double inserts = source.count() * 1e9 / (System.nanoTime() - start);
      settle(database);
      List<float[]> queries = source.queries(QUERIES);
      for (int i = 0; i < WARM_UP; i++) {
        index.nearest(set, queries.get(i), NEAREST, VectorFilter.EVERYTHING);
      }
      Samples samples = new Samples();
      List<Set<Long>> found = new ArrayList<>();
      for (float[] query : queries) {
        long began = System.nanoTime();
        List<Neighbour> nearest = index.nearest(set, query, NEAREST, VectorFilter.EVERYTHING);
        samples.add(System.nanoTime() - began);
        found.add(nearest.stream().map(Neighbour::number).collect(Collectors.toSet()));
      }
      long heapAfter = usedHeap();
      double recall = recall(found, source.exact(queries, NEAREST));
      double bytes = (double) source.count() * source.dimensions();
      double p50 = samples.percentileMillis(0.5);
      Samples other =
          extension == null ? null : SqliteVec.measure(extension, folder, source, queries, NEAREST);
      System.out.printf(
          Locale.ROOT,
          "%-34s %8.1f %8.1f %8.3f %9.1f %11.1f %5d -> %3d %10.0f %22s   %s%n",
          source.name(),
          p50,
          samples.percentileMillis(0.99),
          recall,
          bytes / 1e6,
          bytes / p50 / 1e6,
          heapBefore >> 20,
          heapAfter >> 20,
          inserts,
          other == null
              ? "missing"
              : String.format(
                  Locale.ROOT,
                  "%.1f / %.1f",
                  other.percentileMillis(0.5),
                  other.percentileMillis(0.99)),
          other == null
              ? ""
              : String.format(Locale.ROOT, "%.1f", other.percentileMillis(0.5) / p50));
    } finally {
      BenchMain.delete(folder);
    }
  }

  private static VectorSet fill(GroupWriter writer, SqliteVectorIndex index, Source source)
      throws InterruptedException {
    VectorSet set =
        writer.writeInBackground(
            transaction -> new Verdict.Keep<>(index.open(transaction, 1, 1, source.dimensions())));
    for (int from = 0; from < source.count(); from += INSERT_BATCH) {
      int first = from;
      writer.writeInBackground(transaction -> {
        for (int i = first; i < Math.min(first + INSERT_BATCH, source.count()); i++) {
          index.put(transaction, set, i + 1L, 0, source.vector(i));
        }
        return new Verdict.Keep<>(true);
      });
      index.pack(set);
    }
    boolean more = true;
    while (more) {
      more = index.pack(set);
    }
    return set;
  }

  /** Brings the log into the file, so that every scan after it reads the same pages. */
  private static void settle(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      boolean done = false;
      while (!done) {
        // Busy while the server's own checkpointer is at it.
        try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(passive)")) {
          done = row.next() && row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
        }
      }
    }
  }

  private static double recall(List<Set<Long>> found, List<Set<Long>> exact) {
    double sum = 0;
    for (int i = 0; i < found.size(); i++) {
      long hits = found.get(i).stream().filter(exact.get(i)::contains).count();
      sum += (double) hits / exact.get(i).size();
    }
    return sum / found.size();
  }

  static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}

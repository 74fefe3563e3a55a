package dev.tidemark.server.vector;

import static dev.tidemark.server.vector.VectorStatements.*;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One search. It begins on one reader, which takes chunks from the first one up; where the set is
 * large it asks the pool for a second reader, which takes them from the last one down until they
 * meet.
 *
 * <p>Each reader looks at one state of the file, the second at the same or a younger one, because
 * it begins after the first. That no vector is overlooked follows from how they move (see {@link
 * SqliteVectorIndex}): out of a lower chunk into the waiting ones and into newer chunks, all of
 * which the second reader scans; at worst one is met twice. The first reader never waits for a
 * second that has not begun: it goes on alone, so that searches cannot block each other in a busy
 * pool.
 */
final class VectorSearch {
  /** Codes from which a second reader pays. */
  private static final long PARALLEL_BYTES = 4L << 20;

  private final ReaderPool readers;
  private final VectorSet set;
  private final float[] query;
  private final int limit;
  private final VectorFilter filter;
  private final int candidates;
  private final ChunkScorer scorer;

  private long[] chunks = {};
  private int low; // guarded by this: the next chunk from below
  private int high; // guarded by this: behind the next chunk from above
  private boolean helped; // guarded by this: the second reader has begun
  private boolean finished; // guarded by this: it need not begin any more

  VectorSearch(ReaderPool readers, VectorSet set, float[] query, int limit, VectorFilter filter) {
    this.readers = readers;
    this.set = set;
    this.query = query;
    this.limit = limit;
    this.filter = filter;
    this.candidates = Math.addExact(Math.multiplyExact(limit, 2), 16);
    this.scorer = new ChunkScorer(query, filter);
  }

  List<Neighbour> run(StatementCache reader) throws SQLException {
    reader.connection().setAutoCommit(false);
    try {
      long vectors = listChunks(reader);
      CompletableFuture<BestRows> second = null;
      if (vectors * set.dimensions() >= PARALLEL_BYTES) {
        second = askForHelp();
      }
      BestRows best = new BestRows(candidates);
      boolean holes = anyHoles(reader);
      for (int next = nextFromBelow(); next >= 0; next = nextFromBelow()) {
        scan(reader, chunks[next], holes, best);
      }
      if (second != null && !finishAlone()) {
        best.addAll(join(second));
      } else {
        scanWaiting(reader, best);
      }
      return rank(reader, best);
    } finally {
      reader.connection().setAutoCommit(true);
    }
  }

  /** Every chunk in a read of its own, so that other reads come in between. */
  void warmUp(BooleanSupplier goesOn) {
    readers.read(this::listChunks);
    BestRows best = new BestRows(candidates);
    for (int next = nextFromBelow(); next >= 0 && goesOn.getAsBoolean(); next = nextFromBelow()) {
      long chunk = chunks[next];
      readers.read(reader -> {
        scan(reader, chunk, false, best);
        return null;
      });
    }
  }

  private long listChunks(StatementCache reader) throws SQLException {
    PreparedStatement list = reader.prepare(CHUNKS);
    list.setLong(1, set.number());
    long vectors = 0;
    long[] numbers = new long[64];
    int count = 0;
    try (ResultSet row = list.executeQuery()) {
      while (row.next()) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = row.getLong(1);
        vectors += row.getLong(2);
      }
    }
    synchronized (this) {
      chunks = Arrays.copyOf(numbers, count);
      high = count;
    }
    return vectors;
  }

  private @Nullable CompletableFuture<BestRows> askForHelp() {
    try {
      return readers.submit(this::help);
    } catch (DatabaseException e) {
      return null; // the pool is full: alone then
    }
  }

  private BestRows help(StatementCache reader) throws SQLException {
    BestRows best = new BestRows(candidates);
    if (!begin()) {
      return best;
    }
    reader.connection().setAutoCommit(false);
    try {
      boolean holes = anyHoles(reader);
      scanWaiting(reader, best);
      for (long newer : newerChunks(reader)) {
        scan(reader, newer, holes, best);
      }
      for (int next = nextFromAbove(); next >= 0; next = nextFromAbove()) {
        scan(reader, chunks[next], holes, best);
      }
      return best;
    } finally {
      reader.connection().setAutoCommit(true);
    }
  }

  private synchronized boolean begin() {
    helped = !finished;
    return helped;
  }

  private synchronized boolean finishAlone() {
    finished = !helped;
    return finished;
  }

  private synchronized int nextFromBelow() {
    return low < high ? low++ : -1;
  }

  private synchronized int nextFromAbove() {
    return low < high ? --high : -1;
  }

  private List<Long> newerChunks(StatementCache reader) throws SQLException {
    PreparedStatement list = reader.prepare(CHUNKS_BEHIND);
    list.setLong(1, set.number());
    list.setLong(2, chunks.length == 0 ? 0 : chunks[chunks.length - 1]);
    List<Long> newer = new ArrayList<>();
    try (ResultSet row = list.executeQuery()) {
      while (row.next()) {
        newer.add(row.getLong(1));
      }
    }
    return newer;
  }

  private static boolean anyHoles(StatementCache reader) throws SQLException {
    try (ResultSet row = reader.prepare(ANY_HOLES).executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void scan(StatementCache reader, long chunk, boolean holes, BestRows best)
      throws SQLException {
    long[] gone = holes ? Packing.holes(reader.prepare(HOLES), chunk) : new long[0];
    PreparedStatement read = reader.prepare(CHUNK);
    read.setLong(1, chunk);
    try (ResultSet row = read.executeQuery()) {
      if (row.next()) { // else dissolved meanwhile: then its rows wait
        byte[] slots = row.getBytes(1);
        int[] accepted = scorer.accepted(slots, gone);
        if (accepted.length > 0) { // else the codes need not even be read
          scorer.score(slots, row.getBytes(2), accepted, best);
        }
      }
    }
  }

  private void scanWaiting(StatementCache reader, BestRows best) throws SQLException {
    PreparedStatement waiting = reader.prepare(WAITING);
    waiting.setLong(1, set.number());
    waiting.setLong(2, Integer.MAX_VALUE);
    float[] vector = new float[set.dimensions()];
    try (ResultSet row = waiting.executeQuery()) {
      while (row.next()) {
        long number = row.getLong(1);
        if (filter.accepts(number, row.getInt(2))) {
          Chunk.read(row.getBytes(3), vector);
          best.add(number, VectorMath.BEST.dot(query, vector));
        }
      }
    }
  }

  /** Ranks by the exact vectors; a row that has gone since has none. */
  private List<Neighbour> rank(StatementCache reader, BestRows best) throws SQLException {
    PreparedStatement exact = reader.prepare(EXACT);
    float[] vector = new float[set.dimensions()];
    List<Neighbour> ranked = new ArrayList<>(best.size());
    for (long number : best.numbers()) {
      exact.setLong(1, set.number());
      exact.setLong(2, number);
      try (ResultSet row = exact.executeQuery()) {
        if (row.next()) {
          Chunk.read(row.getBytes(1), vector);
          ranked.add(new Neighbour(number, VectorMath.BEST.dot(query, vector)));
        }
      }
    }
    ranked.sort(Comparator.comparingDouble(Neighbour::similarity).reversed());
    return List.copyOf(ranked.subList(0, Math.min(limit, ranked.size())));
  }

  private static BestRows join(CompletableFuture<BestRows> second) {
    try {
      return second.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}

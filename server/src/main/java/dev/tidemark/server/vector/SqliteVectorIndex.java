package dev.tidemark.server.vector;

import static dev.tidemark.server.vector.VectorStatements.*;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in the database file, as ADR 0011 describes: a new one waits as it is, a full chunk of
 * them is quantised into a blob, and a search reads all blobs of the set, then ranks the best by
 * their exact vectors.
 *
 * <ol>
 *   <li>A vector is in one chunk or waits, never both: {@code vector.chunk} says which.
 *   <li>A chunk never gains vectors and its number is never used again. Vectors move only from a
 *       chunk to the waiting ones and from there into a chunk of a greater number; {@link
 *       VectorSearch} relies on that.
 *   <li>The vectors of a chunk are its slots without its holes.
 * </ol>
 *
 * <p>Safe for use by several threads. {@link #nearest} and {@link #pack} wait for the reader pool:
 * do not call them on its threads.
 */
public final class SqliteVectorIndex implements VectorIndex {
  /** Rows deleted by one step of {@link #drop}. */
  private static final int DROPPED_ROWS = 100;

  private final GroupWriter writer;
  private final ReaderPool readers;

  public SqliteVectorIndex(GroupWriter writer, ReaderPool readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public VectorSet open(WriteTransaction transaction, long generation, int kind, int dimensions)
      throws SQLException {
    PreparedStatement find = transaction.prepare(FIND_SET);
    VectorSet known = find(find, generation, kind);
    if (known != null) {
      if (known.dimensions() != dimensions) {
        throw new IllegalArgumentException(
            "a set keeps its dimensions: has=" + known.dimensions() + ", given=" + dimensions);
      }
      return known;
    }
    transaction.update(ADD_SET, generation, kind, dimensions);
    VectorSet made = find(find, generation, kind);
    if (made == null) {
      throw new IllegalStateException("a set that was just made must be there");
    }
    return made;
  }

  @Override
  public @Nullable VectorSet find(long generation, int kind) {
    return readers.read(reader -> find(reader.prepare(FIND_SET), generation, kind));
  }

  private static @Nullable VectorSet find(PreparedStatement find, long generation, int kind)
      throws SQLException {
    find.setLong(1, generation);
    find.setInt(2, kind);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? new VectorSet(row.getLong(1), row.getInt(2)) : null;
    }
  }

  @Override
  public void put(
      WriteTransaction transaction, VectorSet set, long number, int scope, float[] unitVector)
      throws SQLException {
    requireDimensions(set, unitVector);
    byte[] exact = Chunk.bytesOf(unitVector);
    PreparedStatement find = transaction.prepare(FIND);
    find.setLong(1, set.number());
    find.setLong(2, number);
    long id = 0;
    try (ResultSet row = find.executeQuery()) {
      id = row.next() ? row.getLong(1) : 0;
    }
    if (id == 0) {
      transaction.update(ADD, set.number(), number, scope);
      transaction.update(ADD_EXACT, lastRow(transaction), exact);
      return;
    }
    transaction.update(CHANGE, scope, id);
    transaction.update(CHANGE_EXACT, exact, id);
  }

  static long lastRow(WriteTransaction transaction) throws SQLException {
    try (ResultSet row = transaction.prepare(LAST_ROW).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public void remove(WriteTransaction transaction, VectorSet set, long number) throws SQLException {
    transaction.update(REMOVE, set.number(), number);
  }

  @Override
  public boolean drop(WriteTransaction transaction, VectorSet set) throws SQLException {
    PreparedStatement chunks = transaction.prepare(CHUNKS);
    chunks.setLong(1, set.number());
    long chunk = 0;
    try (ResultSet row = chunks.executeQuery()) {
      chunk = row.next() ? row.getLong(1) : 0;
    }
    if (chunk != 0) { // before its rows, which would leave holes in it
      removeChunk(transaction, chunk);
      return true;
    }
    PreparedStatement some = transaction.prepare(REMOVE_SOME);
    some.setLong(1, set.number());
    some.setInt(2, DROPPED_ROWS);
    if (some.executeUpdate() > 0) {
      return true;
    }
    transaction.update(REMOVE_SET, set.number());
    return false;
  }

  static void removeChunk(WriteTransaction transaction, long chunk) throws SQLException {
    for (String sql : List.of(REMOVE_HOLES, REMOVE_CHUNK)) {
      transaction.update(sql, chunk);
    }
  }

  @Override
  public boolean pack(VectorSet set) throws InterruptedException {
    long holed =
        readers.read(reader -> {
          PreparedStatement find = reader.prepare(CHUNK_WITH_HOLES);
          find.setLong(1, set.number());
          try (ResultSet row = find.executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
    if (holed != 0) {
      writer.writeInBackground(transaction -> {
        Packing.closeHoles(transaction, set, holed);
        return new Verdict.Keep<>(true);
      });
      return true;
    }
    int capacity = Chunk.capacity(set.dimensions());
    int waiting =
        readers.read(reader -> {
          PreparedStatement count = reader.prepare(COUNT_WAITING);
          count.setLong(1, set.number());
          count.setInt(2, capacity);
          try (ResultSet row = count.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
          }
        });
    if (waiting < capacity) {
      return false;
    }
    return writer.writeInBackground(
        transaction -> new Verdict.Keep<>(Packing.seal(transaction, set)));
  }

  @Override
  public List<Neighbour> nearest(VectorSet set, float[] query, int limit, VectorFilter filter) {
    requireDimensions(set, query);
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
    return readers.read(new VectorSearch(readers, set, query, limit, filter)::run);
  }

  @Override
  public void warmUp(VectorSet set, float[] query, BooleanSupplier goesOn) {
    requireDimensions(set, query);
    new VectorSearch(readers, set, query, 1, VectorFilter.EVERYTHING).warmUp(goesOn);
  }

  private static void requireDimensions(VectorSet set, float[] vector) {
    if (vector.length != set.dimensions()) {
      throw new IllegalArgumentException(
          "a vector must have the dimensions of its set: set="
              + set.dimensions()
              + ", given="
              + vector.length);
    }
  }
}

package dev.tidemark.server.vector;

import static dev.tidemark.server.vector.VectorStatements.*;

import dev.tidemark.server.database.WriteTransaction;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** The upkeep of chunks, each step in one short transaction. Runs on the writer thread. */
final class Packing {
  private Packing() {}

  /** Seals the first waiting vectors into a new chunk; false when they do not fill one any more. */
  static boolean seal(WriteTransaction transaction, VectorSet set) throws SQLException {
    int capacity = Chunk.capacity(set.dimensions());
    byte[] slots = new byte[capacity * Chunk.SLOT_BYTES];
    byte[] codes = new byte[capacity * set.dimensions()];
    long[] ids = new long[capacity];
    int count = 0;
    ByteBuffer slot = Chunk.littleEndian(slots);
    float[] vector = new float[set.dimensions()];
    PreparedStatement waiting = transaction.prepare(WAITING);
    waiting.setLong(1, set.number());
    waiting.setInt(2, capacity);
    try (ResultSet row = waiting.executeQuery()) {
      while (row.next()) {
        Chunk.read(row.getBytes(3), vector);
        float scale = Chunk.quantise(vector, codes, count * set.dimensions());
        slot.putLong(row.getLong(1)).putInt(row.getInt(2)).putFloat(scale);
        ids[count++] = row.getLong(4);
      }
    }
    if (count < capacity) {
      return false;
    }
    transaction.update(ADD_CHUNK, set.number(), count, slots, codes);
    long chunk = SqliteVectorIndex.lastRow(transaction);
    PreparedStatement move = transaction.prepare(PUT_INTO_CHUNK);
    for (long id : ids) {
      move.setLong(1, chunk);
      move.setLong(2, id);
      move.executeUpdate();
    }
    return true;
  }

  /**
   * Takes the codes of rows that left a chunk out of it. A chunk that is less than half full after
   * that is dissolved, so that many deletions do not leave many small chunks.
   */
  static void closeHoles(WriteTransaction transaction, VectorSet set, long chunk)
      throws SQLException {
    long[] holes = holes(transaction.prepare(HOLES), chunk);
    byte[] slots;
    byte[] codes;
    PreparedStatement read = transaction.prepare(CHUNK);
    read.setLong(1, chunk);
    try (ResultSet row = read.executeQuery()) {
      if (!row.next()) {
        return;
      }
      slots = row.getBytes(1);
      codes = row.getBytes(2);
    }
    int kept = compact(holes, slots, codes, set.dimensions());
    if (kept < Chunk.capacity(set.dimensions()) / 2 || kept == 0) {
      dissolve(transaction, set, chunk, slots, kept);
      return;
    }
    transaction.update(
        CHANGE_CHUNK,
        kept,
        Arrays.copyOf(slots, kept * Chunk.SLOT_BYTES),
        Arrays.copyOf(codes, kept * set.dimensions()),
        chunk);
    transaction.update(REMOVE_HOLES, chunk);
  }

  private static int compact(long[] holes, byte[] slots, byte[] codes, int dimensions) {
    ByteBuffer numbers = Chunk.littleEndian(slots);
    int kept = 0;
    for (int i = 0; i < slots.length / Chunk.SLOT_BYTES; i++) {
      if (Arrays.binarySearch(holes, numbers.getLong(i * Chunk.SLOT_BYTES)) < 0) {
        System.arraycopy(
            slots, i * Chunk.SLOT_BYTES, slots, kept * Chunk.SLOT_BYTES, Chunk.SLOT_BYTES);
        System.arraycopy(codes, i * dimensions, codes, kept * dimensions, dimensions);
        kept++;
      }
    }
    return kept;
  }

  private static void dissolve(
      WriteTransaction transaction, VectorSet set, long chunk, byte[] slots, int kept)
      throws SQLException {
    SqliteVectorIndex.removeChunk(transaction, chunk); // first: its rows leave no holes behind
    ByteBuffer numbers = Chunk.littleEndian(slots);
    PreparedStatement back = transaction.prepare(BACK_TO_WAITING);
    for (int i = 0; i < kept; i++) {
      back.setLong(1, set.number());
      back.setLong(2, numbers.getLong(i * Chunk.SLOT_BYTES));
      back.executeUpdate();
    }
  }

  /** The numbers of the rows that left a chunk, ascending. */
  static long[] holes(PreparedStatement find, long chunk) throws SQLException {
    find.setLong(1, chunk);
    long[] holes = new long[16];
    int count = 0;
    try (ResultSet row = find.executeQuery()) {
      while (row.next()) {
        if (count == holes.length) {
          holes = Arrays.copyOf(holes, 2 * count);
        }
        holes[count++] = row.getLong(1);
      }
    }
    return Arrays.copyOf(holes, count);
  }
}

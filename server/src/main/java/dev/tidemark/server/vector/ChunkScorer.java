package dev.tidemark.server.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Compares a query with the vectors of a chunk. Safe for use by several threads. */
final class ChunkScorer {
  private final byte[] codes;
  private final float scale;
  private final VectorFilter filter;

  ChunkScorer(float[] query, VectorFilter filter) {
    this.codes = new byte[query.length];
    this.scale = Chunk.quantise(query, codes, 0);
    this.filter = filter;
  }

  /**
   * The slots whose rows may be found.
   *
   * @param gone numbers of rows that left the chunk, ascending
   */
  int[] accepted(byte[] slots, long[] gone) {
    ByteBuffer slot = Chunk.littleEndian(slots);
    int[] accepted = new int[slots.length / Chunk.SLOT_BYTES];
    int count = 0;
    for (int i = 0; i < accepted.length; i++) {
      long number = slot.getLong(i * Chunk.SLOT_BYTES);
      int scope = slot.getInt(i * Chunk.SLOT_BYTES + Long.BYTES);
      boolean there = gone.length == 0 || Arrays.binarySearch(gone, number) < 0;
      if (there && filter.accepts(number, scope)) {
        accepted[count++] = i;
      }
    }
    return Arrays.copyOf(accepted, count);
  }

  void score(byte[] slots, byte[] chunkCodes, int[] accepted, BestRows best) {
    ByteBuffer slot = Chunk.littleEndian(slots);
    for (int i : accepted) {
      int dot = VectorMath.BEST.dot(codes, chunkCodes, i * codes.length);
      float score = dot * scale * slot.getFloat(i * Chunk.SLOT_BYTES + Long.BYTES + Integer.BYTES);
      if (best.wants(score)) {
        best.add(slot.getLong(i * Chunk.SLOT_BYTES), score);
      }
    }
  }
}

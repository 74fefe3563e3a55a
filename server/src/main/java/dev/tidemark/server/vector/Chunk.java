package dev.tidemark.server.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How vectors lie in the blobs of a chunk. A slot is 16 bytes, little-endian: number (8), scope
 * (4), scale (float32). A code is one signed byte for each dimension, within +-127; times the
 * slot's scale it is about the vector's value.
 */
final class Chunk {
  static final int SLOT_BYTES = 16;

  /** Codes of one chunk: small enough to be written in a short transaction. */
  private static final int CODES_BYTES = 256 * 1024;

  static final int MOST_VECTORS = 2_048;
  private static final int GREATEST_CODE = 127;

  private Chunk() {}

  /** Vectors in a full chunk. */
  static int capacity(int dimensions) {
    return Math.clamp(CODES_BYTES / dimensions, 1, MOST_VECTORS);
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the codes of a vector and returns their scale. */
  static float quantise(float[] vector, byte[] codes, int offset) {
    float greatest = 0;
    for (float value : vector) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    if (greatest == 0) {
      return 0;
    }
    float scale = greatest / GREATEST_CODE;
    for (int i = 0; i < vector.length; i++) {
      codes[offset + i] = (byte) Math.round(vector[i] / scale);
    }
    return scale;
  }

  static byte[] bytesOf(float[] vector) {
    byte[] bytes = new byte[vector.length * Float.BYTES];
    littleEndian(bytes).asFloatBuffer().put(vector);
    return bytes;
  }

  static void read(byte[] bytes, float[] vector) {
    if (bytes.length != vector.length * Float.BYTES) {
      throw new IllegalStateException(
          "a vector must have " + vector.length + " dimensions: bytes=" + bytes.length);
    }
    littleEndian(bytes).asFloatBuffer().get(vector);
  }
}

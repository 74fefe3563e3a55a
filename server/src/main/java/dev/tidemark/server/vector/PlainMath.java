package dev.tidemark.server.vector;

/** {@link VectorMath} by loops. */
final class PlainMath implements VectorMath {

  @Override
  public int dot(byte[] query, byte[] codes, int offset) {
    int sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += query[i] * codes[offset + i];
    }
    return sum;
  }

  @Override
  public float dot(float[] left, float[] right) {
    float sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}

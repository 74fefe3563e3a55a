package dev.tidemark.server.vector;

/** Sums over vectors: the part of a search that is worth SIMD. Safe for use by several threads. */
interface VectorMath {

  /**
   * Chosen once: SIMD where the JVM was started with its module, else plain loops, which give the
   * same results and take longer.
   */
  VectorMath BEST = choose();

  /**
   * The sum of products of signed bytes, exact.
   *
   * @param query of the vector's length, within +-127 as all codes
   * @param offset where the vector begins in {@code codes}
   */
  int dot(byte[] query, byte[] codes, int offset);

  /** The sum of products, rounded as it comes. */
  float dot(float[] left, float[] right);

  private static VectorMath choose() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return present ? new SimdMath() : new PlainMath();
  }
}

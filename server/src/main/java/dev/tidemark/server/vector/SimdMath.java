package dev.tidemark.server.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorMath} on the processor's vector units. The only class that names the incubating
 * module, so that it is loaded only where the module is.
 */
final class SimdMath implements VectorMath {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /**
   * Products of two codes fit into 14 bits and a sign, so two of them are added as shorts before
   * they are widened: +-2 * 127 * 127 = +-32,258.
   */
  @Override
  public int dot(byte[] query, byte[] codes, int offset) {
    int step = BYTES.length();
    IntVector low = IntVector.zero(INTS);
    IntVector high = IntVector.zero(INTS);
    int i = 0;
    for (int end = query.length - 2 * step; i <= end; i += 2 * step) {
      ShortVector products = product(query, codes, offset, i);
      products = products.add(product(query, codes, offset, i + step));
      low = low.add(products.convertShape(VectorOperators.S2I, INTS, 0));
      high = high.add(products.convertShape(VectorOperators.S2I, INTS, 1));
    }
    int sum = low.add(high).reduceLanes(VectorOperators.ADD);
    for (; i < query.length; i++) {
      sum += query[i] * codes[offset + i];
    }
    return sum;
  }

  private static ShortVector product(byte[] query, byte[] codes, int offset, int at) {
    ShortVector left =
        (ShortVector)
            ByteVector.fromArray(BYTES, query, at).convertShape(VectorOperators.B2S, SHORTS, 0);
    ShortVector right =
        (ShortVector)
            ByteVector.fromArray(BYTES, codes, offset + at)
                .convertShape(VectorOperators.B2S, SHORTS, 0);
    return left.mul(right);
  }

  @Override
  public float dot(float[] left, float[] right) {
    int step = FLOATS.length();
    FloatVector sums = FloatVector.zero(FLOATS);
    int i = 0;
    for (int end = left.length - step; i <= end; i += step) {
      sums =
          FloatVector.fromArray(FLOATS, left, i).fma(FloatVector.fromArray(FLOATS, right, i), sums);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}

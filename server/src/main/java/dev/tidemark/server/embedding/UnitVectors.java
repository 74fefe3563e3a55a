package dev.tidemark.server.embedding;

/** Brings vectors to length 1. */
final class UnitVectors {
  private UnitVectors() {}

  /**
   * The given array, scaled in place.
   *
   * @throws ModelFailed for a vector without direction, or with values that are no numbers
   */
  static float[] of(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new ModelFailed(
          ModelFailed.Kind.TEXT, "The model gave a vector without direction.", null);
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }
}

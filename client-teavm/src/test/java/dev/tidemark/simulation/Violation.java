package dev.tidemark.simulation;

/** An invariant of docs/reliability.md does not hold. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param invariant its number, such as {@code I4}
   */
  Violation(String invariant, String what) {
    super(invariant + ": " + what);
  }
}

package dev.tidemark.simulation;

/** The process is gone in the middle of what it did. An error, so that nothing recovers from it. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed", null, false, false);
  }
}

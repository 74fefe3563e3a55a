package dev.tidemark.server.vector;

/**
 * Which rows may be found. Asked for every row of a set, by two threads at once, before the best
 * are cut off: must be quick, pure and safe for use by several threads.
 */
@FunctionalInterface
public interface VectorFilter {
  VectorFilter EVERYTHING = (number, scope) -> true;

  /**
   * @param scope as given to {@link VectorIndex#put}
   */
  boolean accepts(long number, int scope);
}

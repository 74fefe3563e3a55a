package dev.tidemark.server.search;

/**
 * A row of one kind with its score in one ranking; greater is better.
 *
 * @param share how much it holds of what was asked for: 1 with all words, less with some, by how
 *     rare they are
 */
record Ranked(long number, double score, double share) {

  /** A row that holds everything that was asked for. */
  static Ranked whole(long number, double score) {
    return new Ranked(number, score, 1);
  }
}

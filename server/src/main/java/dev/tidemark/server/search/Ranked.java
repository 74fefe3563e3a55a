package dev.tidemark.server.search;

/**
 * A row of one kind with its score in one ranking; greater is better.
 *
 * @param whole whether it holds everything that was asked for, not only some of the words
 */
record Ranked(long number, double score, boolean whole) {}

package dev.tidemark.server.vector;

/**
 * A row close to what was searched for.
 *
 * @param number the row's number
 * @param similarity cosine of the exact vectors, from -1 to 1
 */
public record Neighbour(long number, float similarity) {}

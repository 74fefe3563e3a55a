package dev.tidemark.server.vector;

/**
 * Vectors of one kind of rows under one generation of embeddings.
 *
 * @param number its key in the database
 * @param dimensions length of each of its vectors
 */
public record VectorSet(long number, int dimensions) {}

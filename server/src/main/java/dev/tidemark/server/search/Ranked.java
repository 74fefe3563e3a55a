package dev.tidemark.server.search;

/** A row of one kind with its score in one ranking; greater is better. */
record Ranked(long number, double score) {}

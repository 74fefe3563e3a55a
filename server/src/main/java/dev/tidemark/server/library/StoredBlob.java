package dev.tidemark.server.library;

/** A blob that is stored completely. */
record StoredBlob(long number, int snippets, boolean skipped) {}

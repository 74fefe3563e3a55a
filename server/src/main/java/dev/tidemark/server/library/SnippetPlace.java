package dev.tidemark.server.library;

/**
 * Where a snippet stands: the first path of the newest version that holds it.
 *
 * @param line counted from 1
 */
public record SnippetPlace(String libraryId, String version, String path, int line) {}

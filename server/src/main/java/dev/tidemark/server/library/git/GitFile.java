package dev.tidemark.server.library.git;

import dev.tidemark.server.library.split.Splitter;

/**
 * A file to read.
 *
 * @param objectId git's name of the content
 */
public record GitFile(String path, String objectId, Splitter splitter) {}

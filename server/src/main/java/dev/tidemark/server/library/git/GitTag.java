package dev.tidemark.server.library.git;

/**
 * A tag and the commit it leads to, annotations peeled off.
 *
 * @param commit 40 hexadecimal digits
 * @param committedAtMillis epoch; 0 when it is not known before the commit is fetched
 */
public record GitTag(String name, String commit, long committedAtMillis) {}

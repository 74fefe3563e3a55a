package dev.tidemark.server.stream;

/**
 * A stream that is open.
 *
 * @param since milliseconds since 1970
 * @param spaces how many spaces it follows
 */
public record OpenStream(String user, long since, int spaces) {}

package dev.tidemark.client.owner;

import org.jspecify.annotations.Nullable;

/**
 * How sync stands, for people.
 *
 * @param online whether the event stream is open
 * @param pending own events that wait for the server
 * @param refused refused events that nobody has retried or discarded
 * @param cursor positions applied, as text
 * @param problemCode what stands in the way of sync, or null
 * @param inMemory whether everything is lost when the last tab closes
 */
public record OwnerStatus(
    boolean online,
    int pending,
    int refused,
    String cursor,
    @Nullable String problemCode,
    @Nullable String problemDetail,
    boolean inMemory) {}

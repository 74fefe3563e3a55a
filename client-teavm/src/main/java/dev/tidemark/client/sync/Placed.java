package dev.tidemark.client.sync;

/**
 * Where the server put an event of ours.
 *
 * @param position its place in its space, durable on the server
 * @param duplicate whether the server had it already
 */
public record Placed(String id, long position, boolean duplicate) {}

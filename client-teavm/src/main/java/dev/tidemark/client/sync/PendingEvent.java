package dev.tidemark.client.sync;

/**
 * An event of the outbox that waits for the server.
 *
 * @param bytes size of its JSON text in UTF-8; an upper estimate will do
 */
public record PendingEvent(String space, String id, int bytes) {}

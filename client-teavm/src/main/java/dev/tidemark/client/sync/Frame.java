package dev.tidemark.client.sync;

/**
 * One dispatched message of a {@code text/event-stream}.
 *
 * @param event its name, {@code message} where the stream names none
 * @param data its data lines joined by line feeds
 * @param id the last event id at this point, empty where the stream never set one
 */
public record Frame(String event, String data, String id) {}

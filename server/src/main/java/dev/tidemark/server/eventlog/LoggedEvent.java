package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.event.Event;

/** An event at its place, with the chain hash there. */
public record LoggedEvent(Event event, Hash chainHash) {}

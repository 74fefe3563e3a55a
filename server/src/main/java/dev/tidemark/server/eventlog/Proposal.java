package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.event.Event;

/**
 * A well-formed event that waits for its place: position and server time are 0.
 *
 * @param payloadHash as {@link EventHash#ofPayload} makes it; computed before the writer's turn
 */
public record Proposal(Event event, Hash payloadHash) {

  public static Proposal of(Event event) {
    return new Proposal(
        event, EventHash.ofPayload(event.type(), event.clientTime(), event.payload()));
  }
}

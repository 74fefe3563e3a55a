package dev.tidemark.client.sync;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import java.util.List;

/** What the stream tells the replica, in the order in which it must be applied. */
public sealed interface StreamMessage {

  /** The space that this is about. */
  String space();

  /**
   * Confirmed events of one space, at consecutive positions that follow what was applied before.
   *
   * @param cursor the whole cursor after them, with the chain hash of every space
   */
  record Events(String space, List<Event> events, String cursor) implements StreamMessage {
    public Events {
      events = List.copyOf(events);
    }
  }

  /**
   * A space that the user belongs to: new, or with another name, role or head.
   *
   * @param head position of its last event on the server
   * @param hash first 16 hex digits of the chain hash at the head; empty where not told
   */
  record SpaceChanged(
      String space, String name, Role role, long head, String hash, boolean personal)
      implements StreamMessage {}

  /** The user was removed from a space: its rows, events and pending writes go. */
  record Revoked(String space) implements StreamMessage {}
}

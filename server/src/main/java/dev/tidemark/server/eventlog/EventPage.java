package dev.tidemark.server.eventlog;

import java.util.List;

/**
 * Consecutive events of a space; fewer than asked for at the head, or where they are large.
 *
 * @param head the last position of the space at the moment of reading
 */
public record EventPage(List<LoggedEvent> events, long head) {
  public EventPage {
    events = List.copyOf(events);
  }
}

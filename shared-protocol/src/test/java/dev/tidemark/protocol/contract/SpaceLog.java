package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the log of one space as a server would: positions 1, 2, 3, ... and a server clock that a
 * caller moves. It does not ask whether an event is allowed.
 */
public final class SpaceLog {
  /** Server time of the first event, milliseconds since 1970. */
  public static final long START_MILLIS = 1_750_000_000_000L;

  private final String space;
  private final List<Event> events = new ArrayList<>();
  private long clockMillis = START_MILLIS;
  private int made;

  public SpaceLog(String space) {
    this.space = space;
  }

  public String space() {
    return space;
  }

  /** What was confirmed so far. */
  public List<Event> events() {
    return events;
  }

  public void passMillis(long millis) {
    clockMillis += millis;
  }

  /** Appends an event whose author's clock agrees with the server's. */
  public Event add(String author, WorkspaceEvent body) {
    return confirm(pending(author, 0, body));
  }

  /**
   * An event that the server has not placed yet.
   *
   * @param clockErrorMillis how far the author's clock is ahead of the server's
   */
  public Event pending(String author, long clockErrorMillis, WorkspaceEvent body) {
    made++;
    return new Event(
        space,
        0,
        "event-" + made,
        EventTypes.of(body).name(),
        author,
        events.size(),
        clockMillis + clockErrorMillis,
        0,
        EventTypes.encode(body),
        body);
  }

  /** Gives a pending event the next position. */
  public Event confirm(Event pending) {
    Event confirmed = pending.confirmedAt(events.size() + 1L, clockMillis);
    events.add(confirmed);
    return confirmed;
  }
}

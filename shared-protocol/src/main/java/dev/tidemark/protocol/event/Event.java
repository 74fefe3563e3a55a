package dev.tidemark.protocol.event;

import org.jspecify.annotations.Nullable;

/**
 * One immutable fact in a space.
 *
 * @param space the unit of order and permission
 * @param position 1, 2, 3, ... within the space, given by the server; 0 while pending
 * @param id made by the client, unique within the space
 * @param type wire name such as {@code message.created}
 * @param author user id, {@code system}, or {@code import:NICK}
 * @param basis head of the space that the author had seen
 * @param clientTime author's clock, milliseconds since 1970
 * @param serverTime server's clock at acceptance, milliseconds since 1970; 0 while pending
 * @param payload JSON text of the payload, as stored
 * @param body the decoded payload, or null for a type this build does not know
 */
public record Event(
    String space,
    long position,
    String id,
    String type,
    String author,
    long basis,
    long clientTime,
    long serverTime,
    String payload,
    @Nullable WorkspaceEvent body) {

  /** Author of events that the server makes itself. */
  public static final String SYSTEM_AUTHOR = "system";

  /** Prefix of the authors of imported events. */
  public static final String IMPORT_PREFIX = "import:";

  /** A client clock further away from the server's than this is not believed. */
  public static final long CLOCK_TOLERANCE_MILLIS = 24L * 60 * 60 * 1000;

  public boolean isPending() {
    return position == 0;
  }

  public boolean isImported() {
    return author.startsWith(IMPORT_PREFIX);
  }

  /**
   * When this happened, for people: the author's time, unless the server found it more than {@link
   * #CLOCK_TOLERANCE_MILLIS} off. Never used for order.
   */
  public long shownTime() {
    if (isPending() || isImported() || !isClockSkewed()) {
      return clientTime;
    }
    return serverTime;
  }

  /** Whether the author's clock was out of range when the server accepted the event. */
  public boolean isClockSkewed() {
    return !isPending()
        && !isImported()
        && Math.abs(clientTime - serverTime) > CLOCK_TOLERANCE_MILLIS;
  }

  /** {@code user}, {@code system} or {@code import}. */
  public String origin() {
    if (author.equals(SYSTEM_AUTHOR)) {
      return "system";
    }
    return isImported() ? "import" : "user";
  }

  /** The same event at the place that the server gave it. */
  public Event confirmedAt(long newPosition, long newServerTime) {
    return new Event(
        space, newPosition, id, type, author, basis, clientTime, newServerTime, payload, body);
  }
}

package dev.tidemark.client.tabs;

import org.jspecify.annotations.Nullable;

/**
 * What a page asks of the owner. Every call may be sent again after a change of owner: reads have
 * no effect, writes are known by their event id.
 *
 * <p>Parameters and results of queries are opaque: plain JavaScript arrays in the browser.
 */
public sealed interface Call {

  /** One read-only statement; answered with its rows. */
  record Query(String sql, @Nullable Object parameters) implements Call {}

  /** Full text search; answered with hits. */
  record Search(String text, @Nullable String space, @Nullable String channel, int limit)
      implements Call {}

  /**
   * Stores an own event; answered once it is durable.
   *
   * @param author only on a database without a server: null, or who wrote it if not this user
   */
  record Write(
      String space,
      String id,
      String type,
      @Nullable String author,
      long clientTime,
      String payload)
      implements Call {}

  /**
   * Only on a database without a server, which then gives the positions itself: applies events as
   * confirmed, in this order, in one transaction. Those known already are skipped. Answered once
   * they are committed.
   *
   * @param events opaque: objects with id, type, author, clientTime and payload
   */
  record Apply(String space, @Nullable Object events) implements Call {}

  /** Answered once the event is confirmed (with its position) or refused. May take days. */
  record Await(String space, String id) implements Call {}

  /** Replaces a refused event by a new one of the same content; answered once that is durable. */
  record Retry(String space, String id, String newId) implements Call {}

  /** Forgets a refused event. */
  record Discard(String space, String id) implements Call {}
}

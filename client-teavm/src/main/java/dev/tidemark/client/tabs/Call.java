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

  /** Stores an event of this user; answered once it is durable. */
  record Write(String space, String id, String type, long clientTime, String payload)
      implements Call {}

  /** Answered once the event is confirmed (with its position) or refused. May take days. */
  record Await(String space, String id) implements Call {}

  /** Replaces a refused event by a new one of the same content; answered once that is durable. */
  record Retry(String space, String id, String newId) implements Call {}

  /** Forgets a refused event. */
  record Discard(String space, String id) implements Call {}
}

package dev.tidemark.client.sync;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replica as {@link HttpSync} sees it. Called on the owner worker's event loop, one call at a
 * time; every method but {@link #apply} works synchronously.
 */
public interface SyncTarget {
  /** How far the replica has applied, as cursor text; empty when it is empty. */
  String cursor();

  /** The outbox: events that wait for the server, in order within each space, without refused. */
  List<PendingEvent> pending();

  /** The JSON of a pending event as clients send it, or null when it is not pending any more. */
  @Nullable String pendingJson(String space, String id);

  /**
   * Applies one message in one transaction, then calls exactly one of the two, at once or later.
   * Calling later, in a task of its own, lets queries in between batches. Events that the replica
   * wrote itself come here like all others; also one that was refused before can.
   */
  void apply(StreamMessage message, Runnable done, Consumer<String> failed);

  /** The server has these events; they stay pending until the stream brings them. */
  void accepted(String space, List<Placed> placed);

  /** The server refused an event: set it aside with what depends on it. */
  void refused(String space, String id, String code, String detail);

  /**
   * The server's history differs from what the replica applied. Sync stands still until {@code
   * restart}, which is to run in a later task, once the replica is rebuilt or to ask again.
   *
   * @param space where, or null when unknown
   */
  void historyChanged(@Nullable String space, String detail, Runnable restart);

  /**
   * @param online whether the event stream is open
   * @param code what stands in the way of sync, or null
   * @param detail a sentence with the code, or null
   */
  void status(boolean online, @Nullable String code, @Nullable String detail);
}

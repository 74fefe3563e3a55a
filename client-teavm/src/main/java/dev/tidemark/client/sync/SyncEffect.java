package dev.tidemark.client.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link SyncSession} wants done, in this order. */
public sealed interface SyncEffect {

  /** Open the event stream after this cursor. None is open. */
  record OpenStream(String cursor) implements SyncEffect {}

  /** Abort the stream, or the list of spaces; no input of it may follow. */
  record CloseStream() implements SyncEffect {}

  /** Ask which spaces the user may read; answer as {@link SyncInput.SpacesListed}. */
  record ListSpaces() implements SyncEffect {}

  /** Send these pending events as one batch, in this order. */
  record Post(int requestId, String space, List<String> ids) implements SyncEffect {
    public Post {
      ids = List.copyOf(ids);
    }
  }

  /** Abort a batch; no input of it may follow. */
  record AbortPost(int requestId) implements SyncEffect {}

  /**
   * Apply one message in one transaction, then give {@link SyncInput.Applied}. There is never more
   * than one under way.
   */
  record Apply(StreamMessage message) implements SyncEffect {}

  /** The server has these events of ours; the stream will bring them back. */
  record Accepted(String space, List<Placed> placed) implements SyncEffect {
    public Accepted {
      placed = List.copyOf(placed);
    }
  }

  /**
   * The server refused an event of ours. The owner sets it aside, and what depends on it, and gives
   * {@link SyncInput.OutboxChanged}; the space's uploads wait for that.
   *
   * @param code a problem code
   */
  record Refuse(String space, String eventId, String code, String detail) implements SyncEffect {}

  /**
   * The server's history is not the one that the cursor names. Everything stops until {@link
   * SyncInput.Started}, which the owner gives after it rebuilt its replica.
   *
   * @param space where, or null when the server did not say
   */
  record HistoryChanged(@Nullable String space, String detail) implements SyncEffect {}

  /**
   * How things stand, given when it changes.
   *
   * @param online whether the stream is open
   * @param code what stands in the way, or null when nothing does but the network
   */
  record ReportStatus(boolean online, @Nullable String code, @Nullable String detail)
      implements SyncEffect {}

  /**
   * Give a {@link SyncInput.Tick} at this reading of the session's clock; replaces earlier wishes.
   */
  record WakeAt(long millis) implements SyncEffect {}
}

package dev.tidemark.client.sync;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to a {@link SyncSession}. */
public sealed interface SyncInput {

  /**
   * The replica is open, or was rebuilt, and has applied this far. Ends what the session was doing,
   * also a stop after a refusal; the outbox as told before is kept. No {@link SyncEffect.Apply} may
   * be under way.
   *
   * @param cursor cursor text, empty for an empty replica
   */
  record Started(String cursor) implements SyncInput {}

  /** The owner closes; nothing happens until the next {@link Started}. */
  record Stopped() implements SyncInput {}

  /**
   * The browser's view of things changed. Only good news is used: it shortens waiting, because
   * {@code navigator.onLine} is known to be wrong about servers on the same machine.
   */
  record Hint(boolean online, boolean visible) implements SyncInput {}

  /** The stream was answered with 200 and the right content type. */
  record StreamOpened() implements SyncInput {}

  /** The stream was answered with something else, or asking for the list of spaces was. */
  record StreamRefused(int status, Problem problem) implements SyncInput {}

  /**
   * Bytes came on the stream.
   *
   * @param frames the frames that they completed, often none
   */
  record ChunkArrived(List<Frame> frames) implements SyncInput {
    public ChunkArrived {
      frames = List.copyOf(frames);
    }
  }

  /** The stream could not be opened, broke, or ended. */
  record StreamEnded(String reason) implements SyncInput {}

  /** The answer to {@link SyncEffect.ListSpaces}: ids of the spaces that the user may read. */
  record SpacesListed(Set<String> spaces) implements SyncInput {
    public SpacesListed {
      spaces = Set.copyOf(spaces);
    }
  }

  /**
   * The message of the last {@link SyncEffect.Apply} is durable.
   *
   * @param cursor the replica's cursor now
   */
  record Applied(String cursor) implements SyncInput {}

  /** The message of the last {@link SyncEffect.Apply} could not be applied; nothing of it was. */
  record ApplyFailed(String reason) implements SyncInput {}

  /**
   * The whole outbox, in order within each space. Given at the start and after every change that is
   * neither an addition at the end nor a confirmation from the stream.
   */
  record OutboxChanged(List<PendingEvent> pending) implements SyncInput {
    public OutboxChanged {
      pending = List.copyOf(pending);
    }
  }

  /** One event more at the end of the outbox. */
  record OutboxAdded(PendingEvent event) implements SyncInput {}

  /**
   * A batch was answered.
   *
   * @param results for status 200: a place for each event
   * @param problem for any other status
   */
  record PostAnswered(int requestId, int status, List<Placed> results, @Nullable Problem problem)
      implements SyncInput {
    public PostAnswered {
      results = List.copyOf(results);
    }
  }

  /** A batch got no usable answer; the server may have taken it all the same. */
  record PostFailed(int requestId, String reason) implements SyncInput {}

  /** Time passed: the answer to {@link SyncEffect.WakeAt}, harmless at any time. */
  record Tick() implements SyncInput {}
}

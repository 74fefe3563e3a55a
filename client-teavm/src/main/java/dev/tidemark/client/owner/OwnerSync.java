package dev.tidemark.client.owner;

import dev.tidemark.client.sync.PendingEvent;
import dev.tidemark.client.sync.Placed;
import dev.tidemark.client.sync.StreamMessage;
import dev.tidemark.client.sync.SyncTarget;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sync's view of the owner: what the server says goes into the replica, what waits there goes out.
 */
public final class OwnerSync implements SyncTarget {
  static final int REFUSE_AGAIN_MILLIS = 5_000;

  /** Tasks of the owner's event loop. */
  public interface Tasks {
    /** Runs something in a task of its own, so that calls of pages come in between batches. */
    void next(Runnable task);

    void after(int millis, Runnable task);
  }

  private final Owner owner;
  private final Tasks tasks;

  public OwnerSync(Owner owner, Tasks tasks) {
    this.owner = owner;
    this.tasks = tasks;
  }

  @Override
  public String cursor() {
    return owner.replica().cursorText();
  }

  @Override
  public List<PendingEvent> pending() {
    List<PendingEvent> pending = new ArrayList<>();
    for (var entry : owner.replica().outbox()) {
      if (!entry.isRefused()) {
        pending.add(outgoing(entry));
      }
    }
    return pending;
  }

  /** What sync needs to know of an event to plan its batches. */
  static PendingEvent outgoing(dev.tidemark.client.outbox.PendingEvent entry) {
    return new PendingEvent(
        entry.event().space(), entry.event().id(), upperBytes(entry.event().payload()));
  }

  /** No UTF-16 unit takes more than three bytes; envelopes stay below 300. */
  private static int upperBytes(String payload) {
    return payload.length() * 3 + 300;
  }

  @Override
  public @Nullable String pendingJson(String space, String id) {
    var entry = owner.replica().pending(space, id);
    if (entry == null || entry.isRefused()) {
      return null;
    }
    JsonText out = new JsonText();
    EventCodec.writeNew(entry.event(), out);
    return out.toString();
  }

  @Override
  public void apply(StreamMessage message, Runnable done, Consumer<String> failed) {
    try {
      apply(message);
    } catch (ReplicaException e) {
      failed.accept(String.valueOf(e.getMessage()));
      return;
    } catch (SqlException e) {
      if (e.isDamage()) {
        owner.damaged();
      }
      failed.accept(
          Owner.isFull(e)
              ? Owner.NO_ROOM + " What is new comes once there is room again."
              : String.valueOf(e.getMessage()));
      return;
    } finally {
      owner.flush();
    }
    tasks.next(done);
  }

  private void apply(StreamMessage message) {
    Replica replica = owner.replica();
    switch (message) {
      case StreamMessage.Events events -> {
        Cursor.Mark mark = Cursor.parse(events.cursor()).marks().get(events.space());
        replica.apply(events.space(), events.events(), mark == null ? null : mark.hash());
      }
      case StreamMessage.SpaceChanged space ->
          replica.putSpace(
              space.space(), space.name(), space.role().wire(), space.head(), space.personal());
      case StreamMessage.Revoked revoked -> owner.revoked(revoked.space());
    }
  }

  @Override
  public void accepted(String space, List<Placed> placed) {
    // The stream brings these events; until then they stay pending.
  }

  @Override
  public void refused(String space, String id, String code, String detail) {
    try {
      owner.replica().refuse(space, id, code, detail);
    } catch (SqlException e) {
      // Nothing can be written just now, as on a full disk. Sync does not send the event again.
      tasks.after(REFUSE_AGAIN_MILLIS, () -> refused(space, id, code, detail));
    }
    owner.flush();
  }

  @Override
  public void historyChanged(@Nullable String space, String detail, Runnable restart) {
    boolean changed;
    try {
      changed = owner.startOver(space);
    } catch (SqlException e) {
      owner.syncStatus(false, ProblemCode.HISTORY_CHANGED.code(), detail);
      owner.flush();
      tasks.after(REFUSE_AGAIN_MILLIS, restart);
      return;
    }
    if (changed) {
      tasks.next(restart);
    } else {
      // Nothing of it was applied: asking again would be answered the same way for ever.
      owner.syncStatus(false, ProblemCode.HISTORY_CHANGED.code(), detail);
    }
    owner.flush();
  }

  @Override
  public void status(boolean online, @Nullable String code, @Nullable String detail) {
    owner.syncStatus(online, code, detail);
    owner.flush();
  }
}

package dev.tidemark.client.sync;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.ArrayList;
import java.util.List;

/** Gives a session inputs at chosen times and keeps what it wanted since the last look. */
final class Driver {
  final SyncSession session = new SyncSession(JacksonJson::parse, () -> 0.5);
  long now = 1_000_000;
  private final List<SyncEffect> effects = new ArrayList<>();
  private long wakeAt = Long.MAX_VALUE;

  Driver give(SyncInput input) {
    for (SyncEffect effect : session.next(input, now)) {
      effects.add(effect);
      if (effect instanceof SyncEffect.WakeAt wake) {
        wakeAt = wake.millis();
      }
    }
    return this;
  }

  /** A running session with an open stream; its first effects are forgotten. */
  static Driver open(String cursor) {
    Driver driver = new Driver();
    driver.give(new SyncInput.Started(cursor)).give(new SyncInput.StreamOpened());
    driver.effects.clear();
    return driver;
  }

  /** Lets time pass with the ticks that the session asked for. */
  Driver pass(long millis) {
    long end = now + millis;
    while (wakeAt <= end) {
      now = Math.max(now, wakeAt);
      wakeAt = Long.MAX_VALUE;
      give(new SyncInput.Tick());
    }
    now = end;
    return this;
  }

  Driver text(String text) {
    return give(new SyncInput.ChunkArrived(new EventStreamParser().feed(text)));
  }

  Driver events(String space, long from, int count) {
    return text(frame(space, from, count));
  }

  static String frame(String space, long from, int count) {
    List<Event> events = new ArrayList<>();
    for (long p = from; p < from + count; p++) {
      events.add(
          new Event(space, p, "e" + p, "message.created", "u", 0, 1, 2, ModelServer.PAYLOAD, null));
    }
    return ModelServer.frame(space, events, space + ":" + (from + count - 1));
  }

  Driver pending(String space, String... ids) {
    List<PendingEvent> events = new ArrayList<>();
    for (String id : ids) {
      events.add(new PendingEvent(space, id, 300));
    }
    return give(new SyncInput.OutboxChanged(events));
  }

  Driver add(String space, String id) {
    return give(new SyncInput.OutboxAdded(new PendingEvent(space, id, 300)));
  }

  /** The effects of one kind since the last look. */
  <T extends SyncEffect> List<T> took(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (SyncEffect effect : effects) {
      if (kind.isInstance(effect)) {
        found.add(kind.cast(effect));
      }
    }
    effects.removeAll(found);
    return found;
  }

  /** The only effect of a kind since the last look. */
  <T extends SyncEffect> T one(Class<T> kind) {
    List<T> found = took(kind);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + kind.getSimpleName() + ", found " + found);
    }
    return found.getFirst();
  }

  boolean none(Class<? extends SyncEffect> kind) {
    return took(kind).isEmpty();
  }

  Driver accept(SyncEffect.Post post, long firstPosition) {
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < post.ids().size(); i++) {
      placed.add(new Placed(post.ids().get(i), firstPosition + i, false));
    }
    return give(new SyncInput.PostAnswered(post.requestId(), 200, placed, null));
  }

  Driver refuse(SyncEffect.Post post, int status, Problem problem) {
    return give(new SyncInput.PostAnswered(post.requestId(), status, List.of(), problem));
  }
}

package dev.tidemark.simulation;

import dev.tidemark.client.sync.Frame;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One open event stream, from the server to one browser: catches up in pages, then follows. Frames
 * arrive in order, one at a time, each with its own delay.
 */
final class ServerStream {

  /** The other end, told after the network's delay. */
  interface Reader {
    void chunk(List<Frame> frames);

    void broken(String reason);
  }

  private static final long KEEP_ALIVE_MILLIS = Protocol.KEEP_ALIVE_MILLIS * 2L / 3;

  private final World world;
  private final ServerModel server;
  private final String user;
  private final Reader reader;
  private final Map<String, Cursor.Mark> sent = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private long lastArrivalMillis;
  private boolean open = true;
  private boolean blackHole;
  private boolean pumping;

  ServerStream(World world, ServerModel server, String user, Cursor cursor, Reader reader) {
    this.world = world;
    this.server = server;
    this.user = user;
    this.reader = reader;
    sent.putAll(cursor.marks());
    for (SpaceModel space : server.spacesOf(user)) {
      if (!sent.containsKey(space.id())) {
        tellSpace(space);
      }
      changed.add(space.id());
    }
    server.add(this);
    keepAlive();
    pump();
  }

  boolean isOpen() {
    return open;
  }

  /** The connection breaks; the reader notices after a while. */
  void cut() {
    if (close()) {
      arrive("stream cut", () -> reader.broken("The connection broke."));
    }
  }

  /** The reader is gone. */
  boolean close() {
    boolean was = open;
    open = false;
    server.remove(this);
    return was;
  }

  /** Nothing arrives any more and nobody is told. */
  void swallow() {
    blackHole = true;
  }

  /** The space has grown. */
  void changed(String space) {
    changed.add(space);
    pump();
  }

  private void keepAlive() {
    world.after(
        KEEP_ALIVE_MILLIS,
        "keep-alive",
        () -> {
          if (open) {
            arrive("comment", () -> reader.chunk(List.of()));
            keepAlive();
          }
        });
  }

  private void pump() {
    if (pumping || !open) {
      return;
    }
    pumping = true;
    world.after(
        world.dice().below(5),
        "pump for " + user,
        () -> {
          pumping = false;
          if (open) {
            List<String> due = new ArrayList<>(changed);
            changed.clear();
            due.forEach(this::advance);
            if (!changed.isEmpty()) {
              pump();
            }
          }
        });
  }

  private void advance(String id) {
    SpaceModel space = server.space(id);
    if (space.roleOf(user) == null) {
      if (sent.remove(id) != null) {
        world.struck(Fault.MEMBERSHIP_LOST);
        String data = new JsonText().beginObject().name("space").value(id).endObject().toString();
        send(new Frame("revoked", data, ""));
      }
      return;
    }
    if (!sent.containsKey(id)) {
      tellSpace(space);
    }
    long from = mark(id).position();
    long to = Math.min(space.head(), from + 1 + world.dice().below(20));
    if (from < to) {
      sent.put(id, new Cursor.Mark(to, space.hashAt(to)));
      send(new Frame("events", events(space, from, to), new Cursor(sent).toString()));
    }
    if (to < space.head()) {
      changed.add(id);
    }
  }

  private Cursor.Mark mark(String space) {
    return sent.getOrDefault(space, new Cursor.Mark(0, null));
  }

  private void tellSpace(SpaceModel space) {
    JsonText json = new JsonText();
    ServerModel.writeSpace(space, user, json);
    sent.put(space.id(), new Cursor.Mark(0, null));
    send(new Frame("space", json.toString(), ""));
  }

  private static String events(SpaceModel space, long from, long to) {
    JsonText json = new JsonText().beginObject().name("space").value(space.id());
    json.name("events").beginArray();
    for (Event event : space.log().subList((int) from, (int) to)) {
      EventCodec.writeConfirmed(event, json);
    }
    return json.endArray().endObject().toString();
  }

  private void send(Frame frame) {
    arrive(frame.event() + " for " + user, () -> reader.chunk(List.of(frame)));
    if (world.strikes(Fault.STREAM_CUT, 10)) {
      cut();
    }
  }

  private void arrive(String what, Runnable action) {
    if (blackHole) {
      return;
    }
    long delay = 1L + world.dice().below(20);
    if (world.strikes(Fault.STREAM_FRAME_LATE, 20)) {
      delay += world.dice().below(3000);
    }
    lastArrivalMillis = Math.max(lastArrivalMillis, world.nowMillis() + delay);
    world.after(lastArrivalMillis - world.nowMillis(), what, action);
  }
}

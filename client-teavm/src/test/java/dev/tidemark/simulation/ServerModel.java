package dev.tidemark.simulation;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server as its clients see it: requests with JSON in, answers and stream frames out. What is
 * answered with 200 is durable: stopping loses only connections.
 */
final class ServerModel {
  private final World world;
  private final Map<String, SpaceModel> spaces = new LinkedHashMap<>();
  private final Set<ServerStream> streams = new LinkedHashSet<>();
  private final Map<String, SpaceModel> backup = new LinkedHashMap<>();
  private boolean stopped;
  private int restores;

  ServerModel(World world) {
    this.world = world;
  }

  SpaceModel addSpace(String id, boolean personal, String creator) {
    SpaceModel space = new SpaceModel(id, personal, creator, world.clockMillis());
    spaces.put(id, space);
    return space;
  }

  Map<String, SpaceModel> spaces() {
    return spaces;
  }

  SpaceModel space(String id) {
    SpaceModel space = spaces.get(id);
    if (space == null) {
      throw new IllegalArgumentException("no space " + id);
    }
    return space;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Like kill -9: every connection breaks, everything acknowledged stays. */
  void stop() {
    stopped = true;
    List.copyOf(streams).forEach(ServerStream::cut);
  }

  void start() {
    stopped = false;
  }

  /** Copies everything, as a backup does. */
  void backUp() {
    backup.clear();
    spaces.forEach((id, space) -> backup.put(id, space.copy()));
  }

  /** Everything is as it was at the backup; only while stopped. */
  void restore() {
    if (!stopped || backup.isEmpty()) {
      throw new IllegalStateException("nothing to restore, or the server runs");
    }
    backup.forEach((id, space) -> {
      SpaceModel restored = space.copy();
      restored.replaces(space(id));
      spaces.put(id, restored);
    });
    restores++;
  }

  boolean hasBackup() {
    return !backup.isEmpty();
  }

  /** How often a backup was restored. */
  int restores() {
    return restores;
  }

  /** {@code POST /spaces/{space}/events}. */
  Answer append(String user, String spaceId, String body) {
    if (world.strikes(Fault.SERVER_BUSY, 15)) {
      return problem(ProblemCode.UNAVAILABLE, "Busy.", -1, "");
    }
    SpaceModel space = spaces.get(spaceId);
    if (space == null || space.roleOf(user) == null) {
      return problem(ProblemCode.NOT_FOUND, "There is no such space.", -1, "");
    }
    List<Event> batch = new ArrayList<>();
    List<JsonObject> given = JacksonJson.parse(body).objects("events");
    for (int i = 0; i < given.size(); i++) {
      try {
        batch.add(EventCodec.decodeNew(spaceId, user, given.get(i)));
      } catch (EventRefusedException e) {
        return problem(e.code(), e.detail(), i, given.get(i).text("id"));
      }
    }
    if (batch.size() > Protocol.MAX_BATCH_EVENTS) {
      return problem(ProblemCode.TOO_LARGE, "Too many events.", -1, "");
    }
    long before = space.head();
    return switch (space.append(batch, world.clockMillis())) {
      case SpaceModel.Appended.Placed placed -> {
        publish(space);
        yield placed(batch, placed.positions(), before, space.head());
      }
      case SpaceModel.Appended.Refused refused ->
          problem(refused.code(), refused.detail(), refused.index(), refused.eventId());
    };
  }

  /** Tells every stream that a space has grown. */
  void publish(SpaceModel space) {
    List.copyOf(streams).forEach(stream -> stream.changed(space.id()));
  }

  private static Answer placed(List<Event> batch, List<Long> positions, long before, long head) {
    JsonText json = new JsonText().beginObject().name("results").beginArray();
    for (int i = 0; i < positions.size(); i++) {
      json.beginObject()
          .name("id")
          .value(batch.get(i).id())
          .name("position")
          .value(positions.get(i))
          .name("duplicate")
          .value(positions.get(i) <= before)
          .endObject();
    }
    return new Answer(200, json.endArray().name("head").value(head).endObject().toString());
  }

  /** {@code GET /spaces}. */
  Answer list(String user) {
    JsonText json = new JsonText().beginObject().name("spaces").beginArray();
    spacesOf(user).forEach(space -> writeSpace(space, user, json));
    return new Answer(200, json.endArray().endObject().toString());
  }

  List<SpaceModel> spacesOf(String user) {
    return spaces.values().stream().filter(space -> space.roleOf(user) != null).toList();
  }

  /** A space as lists and streams show it. */
  static void writeSpace(SpaceModel space, String user, JsonText json) {
    Role role = space.roleOf(user);
    json.beginObject()
        .name("id")
        .value(space.id())
        .name("name")
        .value("The space " + space.id())
        .name("role")
        .value(role == null ? "none" : role.wire())
        .name("head")
        .value(space.head())
        .name("hash")
        .value(space.hashAt(space.head()))
        .name("personal")
        .value(space.isPersonal())
        .endObject();
  }

  /** Why a stream cannot begin at this cursor, or null when it can. */
  @Nullable Answer checkCursor(String user, Cursor cursor) {
    for (Map.Entry<String, Cursor.Mark> entry : cursor.marks().entrySet()) {
      SpaceModel space = spaces.get(entry.getKey());
      Cursor.Mark mark = entry.getValue();
      if (space == null || space.roleOf(user) == null) {
        // Whether the answer names the space is up to the server: both must work.
        String named = world.dice().chance(500) ? entry.getKey() : "";
        return problem(ProblemCode.NOT_FOUND, "There is no such space.", -1, "", named);
      }
      if (!space.isKnown(mark)) {
        return problem(ProblemCode.HISTORY_CHANGED, "Changed.", -1, "", entry.getKey());
      }
    }
    return null;
  }

  void add(ServerStream stream) {
    streams.add(stream);
  }

  void remove(ServerStream stream) {
    streams.remove(stream);
  }

  private static Answer problem(ProblemCode code, String detail, int index, String eventId) {
    return problem(code, detail, index, eventId, "");
  }

  static Answer problem(ProblemCode code, String detail, int index, String eventId, String space) {
    JsonText json = new JsonText().beginObject().name("code").value(code.code());
    json.name("detail").value(detail);
    if (index >= 0) {
      json.name("index").value(index).name("eventId").value(eventId);
    }
    if (!space.isEmpty()) {
      json.name("space").value(space);
    }
    return new Answer(code.status(), json.endObject().toString());
  }
}

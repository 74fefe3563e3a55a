package dev.tidemark.server.admin;

import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.codec.EventType;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.eventlog.AppendResult.Place;
import dev.tidemark.server.search.Asker;
import dev.tidemark.server.search.Kind;
import dev.tidemark.server.search.Mode;
import dev.tidemark.server.search.SearchRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages on the command socket: each a JSON object behind its length in four bytes. */
final class Wire {
  static final String TOKEN = "token";
  static final String SPACE = "space";
  static final String APPEND = "append";
  static final String CHECK = "check";
  static final String STATS = "stats";
  static final String EMBED = "embed";
  static final String SEARCH = "search";

  private static final int LIMIT_BYTES = 64 << 20;

  private Wire() {}

  /** The next message, or null at the end. */
  static @Nullable JsonObject read(SocketChannel channel) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    if (!fill(channel, length)) {
      return null;
    }
    int bytes = length.flip().getInt();
    if (bytes < 2 || bytes > LIMIT_BYTES) {
      throw new IOException("a message of " + bytes + " bytes on the command socket");
    }
    ByteBuffer body = ByteBuffer.allocate(bytes);
    if (!fill(channel, body)) {
      throw new IOException("the command socket closed in the middle of a message");
    }
    return JacksonJson.parse(body.array());
  }

  private static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  static void write(SocketChannel channel, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + body.length);
    message.putInt(body.length).put(body).flip();
    while (message.hasRemaining()) {
      channel.write(message);
    }
  }

  static String token(String user, boolean admin) {
    return command(TOKEN)
        .name("user")
        .value(user)
        .name("admin")
        .value(admin)
        .endObject()
        .toString();
  }

  static String space(String name) {
    return command(SPACE).name("name").value(name).endObject().toString();
  }

  static String check() {
    return command(CHECK).endObject().toString();
  }

  /** Searches over the socket are the operator's: it is reached by the folder's owner only. */
  static String search(SearchRequest request) {
    JsonText json = command(SEARCH).name("text").value(request.text());
    json.name("mode").value(request.mode().wire()).name("limit").value(request.limit());
    optional(json, "space", request.space());
    optional(json, "libraryId", request.libraryId());
    optional(json, "version", request.version());
    return json.endObject().toString();
  }

  static void optional(JsonText json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }

  /**
   * @throws Operator.Failed when it has another shape
   */
  static SearchRequest searchRequest(JsonObject request) {
    Mode mode = Mode.ofWire(request.text("mode"));
    long limit = request.integer("limit");
    if (mode == null || limit < 1 || limit > SearchRequest.MAX_LIMIT) {
      throw new Operator.Failed("This server knows no such search; use the same build for both.");
    }
    return new SearchRequest(
        new Asker.Operator(),
        request.text("text"),
        false,
        mode,
        optional(request, "space"),
        optional(request, "libraryId"),
        optional(request, "version"),
        EnumSet.allOf(Kind.class),
        (int) limit,
        0);
  }

  static @Nullable String optional(JsonObject request, String name) {
    return request.kind(name) == JsonObject.Kind.TEXT ? request.text(name) : null;
  }

  static String stats() {
    return command(STATS).endObject().toString();
  }

  static String buildEmbeddings(boolean backstop) {
    return command(EMBED).name("backstop").value(backstop).endObject().toString();
  }

  static String append(String space, List<ImportedEvent> events) {
    JsonText json = command(APPEND).name("space").value(space).name("events").beginArray();
    for (ImportedEvent event : events) {
      json.beginObject()
          .name("id")
          .value(event.id())
          .name("author")
          .value(event.author())
          .name("clientTime")
          .value(event.clientTime())
          .name("type")
          .value(EventTypes.of(event.body()).name())
          .name("payload")
          .raw(EventTypes.encode(event.body()))
          .endObject();
    }
    return json.endArray().endObject().toString();
  }

  static JsonText command(String name) {
    return new JsonText().beginObject().name("command").value(name);
  }

  /**
   * @throws Operator.Failed when an event has another shape
   */
  static List<ImportedEvent> importedEvents(JsonObject request) {
    List<ImportedEvent> events = new ArrayList<>();
    for (JsonObject given : request.objects("events")) {
      EventType<?> type = EventTypes.find(given.text("type"));
      if (type == null) {
        throw new Operator.Failed("This server knows no event type " + given.text("type") + ".");
      }
      try {
        events.add(
            new ImportedEvent(
                given.text("id"),
                given.text("author"),
                given.integer("clientTime"),
                type.decode(given.object("payload"))));
      } catch (EventRefusedException e) {
        throw new Operator.Failed("Event " + given.text("id") + ": " + e.detail(), e);
      }
    }
    return events;
  }

  static String text(String value) {
    return new JsonText().beginObject().name("text").value(value).endObject().toString();
  }

  static String failed(String message) {
    return new JsonText().beginObject().name("failed").value(message).endObject().toString();
  }

  static String places(List<Place> places) {
    JsonText json = new JsonText().beginObject().name("places").beginArray();
    for (Place place : places) {
      json.beginObject()
          .name("id")
          .value(place.id())
          .name("position")
          .value(place.position())
          .name("duplicate")
          .value(place.duplicate())
          .name("differs")
          .value(place.differs())
          .endObject();
    }
    return json.endArray().endObject().toString();
  }

  static List<Place> places(JsonObject reply) {
    return reply.objects("places").stream()
        .map(place ->
            new Place(
                place.text("id"),
                place.integer("position"),
                place.bool("duplicate"),
                place.bool("differs")))
        .toList();
  }

  static String report(CheckReport report) {
    JsonText json = new JsonText().beginObject();
    json.name("spaces").value(report.spaces()).name("events").value(report.events());
    json.name("findings").beginArray();
    report
        .findings()
        .forEach(finding -> json.beginObject().name("text").value(finding).endObject());
    return json.endArray().endObject().toString();
  }

  static CheckReport report(JsonObject reply) {
    return new CheckReport(
        reply.integer("spaces"),
        reply.integer("events"),
        reply.objects("findings").stream().map(finding -> finding.text("text")).toList());
  }
}

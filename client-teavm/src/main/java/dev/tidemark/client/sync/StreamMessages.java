package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the frames of the stream through the shared codecs. */
public final class StreamMessages {
  private StreamMessages() {}

  /**
   * The message in a frame, or null for a frame whose name this build does not know.
   *
   * @throws FrameException when a known frame does not have the agreed shape
   */
  public static @Nullable StreamMessage decode(Frame frame, JsonParser parser) {
    try {
      return switch (frame.event()) {
        case "events" -> events(parser.parse(frame.data()), frame.id());
        case "space" -> space(parser.parse(frame.data()));
        case "revoked" -> new StreamMessage.Revoked(parser.parse(frame.data()).text("space"));
        default -> null;
      };
    } catch (JsonException | IllegalStateException e) {
      throw new FrameException("A frame " + frame.event() + " is not as agreed: " + e + ".", e);
    }
  }

  private static StreamMessage events(JsonObject data, String cursor) {
    if (cursor.isEmpty()) {
      throw new FrameException("A frame of events came without a cursor.");
    }
    String space = data.text("space");
    List<JsonObject> given = data.objects("events");
    List<Event> events = new ArrayList<>(given.size());
    for (JsonObject one : given) {
      events.add(event(space, one));
    }
    for (int i = 1; i < events.size(); i++) {
      long before = events.get(i - 1).position();
      if (events.get(i).position() != before + 1) {
        throw new FrameException(
            "Positions must follow each other in "
                + space
                + ": after "
                + before
                + " came "
                + events.get(i).position()
                + ".");
      }
    }
    return new StreamMessage.Events(space, events, cursor);
  }

  /**
   * A payload that this build cannot read, though it knows the type, is kept like one of unknown
   * type: stored and skipped. Refusing it would stop all sync for good.
   */
  private static Event event(String space, JsonObject given) {
    try {
      return EventCodec.decodeConfirmed(space, given);
    } catch (EventRefusedException e) {
      return new Event(
          space,
          given.integer("position"),
          given.text("id"),
          given.text("type"),
          given.text("author"),
          given.integer("basis"),
          given.integer("clientTime"),
          given.integer("serverTime"),
          given.object("payload").json(),
          null);
    }
  }

  private static StreamMessage space(JsonObject data) {
    Role role = Role.fromWire(data.text("role"));
    return new StreamMessage.SpaceChanged(
        data.text("id"),
        data.text("name"),
        // A role of a newer server may do less than we think; reading is always safe.
        role == null ? Role.READER : role,
        data.integer("head"),
        data.kind("hash") == JsonObject.Kind.TEXT ? data.text("hash") : "",
        data.kind("personal") == JsonObject.Kind.BOOLEAN && data.bool("personal"));
  }
}

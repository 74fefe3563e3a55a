package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Ids;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import org.jspecify.annotations.Nullable;

/** The event envelope on the wire: what clients send, and what logs, pages and streams carry. */
public final class EventCodec {

  private EventCodec() {}

  /**
   * An event as a client sent it, not yet authorised: position and server time 0, payload
   * canonical.
   *
   * @param author the signed-in user; a client can't choose it
   * @throws EventRefusedException when the envelope or the payload has another shape
   */
  public static Event decodeNew(String space, String author, JsonObject given) {
    for (String name : given.names()) {
      switch (name) {
        case "id", "type", "basis", "clientTime", "payload" -> {}
        case "position", "author", "serverTime", "space", "origin" ->
            throw refuse("The server alone sets " + name + ".");
        default -> throw refuse("An event has no field " + name + ".");
      }
    }
    String id = requiredText(given, "id");
    if (!Ids.isValid(id)) {
      throw refuse("An event id is 1 to 64 characters of A-Z, a-z, 0-9, _ and -.");
    }
    long basis = optionalInteger(given, "basis");
    long clientTime = clientTime(given);
    String typeName = requiredText(given, "type");
    EventType<?> type = EventTypes.find(typeName);
    if (type == null) {
      throw new EventRefusedException(
          ProblemCode.UNKNOWN_TYPE,
          "This server knows no event type "
              + shortened(typeName)
              + "; it serves protocol versions "
              + Protocol.OLDEST_SERVED_VERSION
              + " to "
              + Protocol.VERSION
              + ".");
    }
    if (given.kind("payload") != JsonObject.Kind.OBJECT) {
      throw refuse("payload must be an object.");
    }
    WorkspaceEvent body = type.decode(given.object("payload"));
    requireContent(body);
    return new Event(
        space, 0, id, typeName, author, basis, clientTime, 0, EventTypes.encode(body), body);
  }

  /**
   * Refuses messages without any content.
   *
   * @throws EventRefusedException when a message has neither text nor attachment
   */
  public static void requireContent(WorkspaceEvent body) {
    boolean empty =
        switch (body) {
          case WorkspaceEvent.MessageCreated e -> e.body().isBlank() && e.attachments().isEmpty();
          case WorkspaceEvent.MessageEdited e -> e.body().isBlank();
          default -> false;
        };
    if (empty) {
      throw new EventRefusedException(ProblemCode.INVALID_PAYLOAD, "A message needs some text.");
    }
  }

  /** An event from a page or stream of the server. Unknown types keep a null body. */
  public static Event decodeConfirmed(String space, JsonObject given) {
    JsonObject payload = given.object("payload");
    String typeName = given.text("type");
    return new Event(
        space,
        given.integer("position"),
        given.text("id"),
        typeName,
        given.text("author"),
        given.integer("basis"),
        given.integer("clientTime"),
        given.integer("serverTime"),
        payload.json(),
        decodeStored(typeName, payload));
  }

  /**
   * An event that a program places itself, without a server: it is at its author's time.
   *
   * @throws EventRefusedException when the payload has another shape
   */
  public static Event decodeLocal(String space, long position, JsonObject given) {
    JsonObject payload = given.object("payload");
    String typeName = given.text("type");
    long time = given.integer("clientTime");
    return new Event(
        space,
        position,
        given.text("id"),
        typeName,
        given.text("author"),
        position - 1,
        time,
        time,
        payload.json(),
        decodeStored(typeName, payload));
  }

  /** The decoded payload of a stored event, or null for a type that this build does not know. */
  public static @Nullable WorkspaceEvent decodeStored(String typeName, JsonObject payload) {
    EventType<?> type = EventTypes.find(typeName);
    return type == null ? null : type.decodeStored(payload);
  }

  /** Writes a confirmed event as pages and streams carry it. */
  public static void writeConfirmed(Event event, JsonText out) {
    out.beginObject()
        .name("id")
        .value(event.id())
        .name("type")
        .value(event.type())
        .name("basis")
        .value(event.basis())
        .name("clientTime")
        .value(event.clientTime())
        .name("payload")
        .raw(event.payload())
        .name("position")
        .value(event.position())
        .name("author")
        .value(event.author())
        .name("serverTime")
        .value(event.serverTime())
        .endObject();
  }

  /** Writes an event as clients send it. */
  public static void writeNew(Event event, JsonText out) {
    out.beginObject()
        .name("id")
        .value(event.id())
        .name("type")
        .value(event.type())
        .name("basis")
        .value(event.basis())
        .name("clientTime")
        .value(event.clientTime())
        .name("payload")
        .raw(event.payload())
        .endObject();
  }

  static String describe() {
    return "new{id:ID!,type!,basis:POSITION?,clientTime:INTEGER!,payload!}\n"
        + "confirmed{id,type,basis,clientTime,payload,position,author,serverTime}";
  }

  private static String requiredText(JsonObject given, String name) {
    if (given.kind(name) != JsonObject.Kind.TEXT) {
      throw refuse(name + " must be text.");
    }
    return given.text(name);
  }

  private static long requiredInteger(JsonObject given, String name) {
    if (given.kind(name) != JsonObject.Kind.INTEGER || given.integer(name) < 0) {
      throw refuse(name + " must be a whole number of 0 or more.");
    }
    return given.integer(name);
  }

  /** Any whole number: a clock that is out of range is accepted and flagged, before 1970 too. */
  private static long clientTime(JsonObject given) {
    if (given.kind("clientTime") != JsonObject.Kind.INTEGER) {
      throw refuse("clientTime must be a whole number of milliseconds since 1970.");
    }
    return given.integer("clientTime");
  }

  private static long optionalInteger(JsonObject given, String name) {
    return given.kind(name) == JsonObject.Kind.ABSENT ? 0 : requiredInteger(given, name);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static EventRefusedException refuse(String detail) {
    return new EventRefusedException(ProblemCode.INVALID_EVENT, detail);
  }
}

package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.Ids;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent.Attachment;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a payload: its name, what it may hold, and how to read it from a decoded event.
 *
 * @param max most UTF-16 units of a text, or most elements of a list; unused otherwise
 */
record Field<E>(
    String name, Kind kind, boolean required, int max, Function<E, @Nullable Object> get) {

  enum Kind {
    ID,
    /** Any text, possibly blank. */
    TEXT,
    /** Text with something to see in it. */
    NAME,
    ROLE,
    POSITION,
    ATTACHMENTS
  }

  static final int MAX_ATTACHMENT_NAME = 255;
  static final long MAX_ATTACHMENT_BYTES = 25_000_000;

  /**
   * The value of this field as text, {@link Long}, {@link Role}, list of attachments, or null where
   * it is absent.
   */
  @Nullable Object read(JsonObject payload) {
    JsonObject.Kind given = payload.kind(name);
    if (given == JsonObject.Kind.ABSENT || (given == JsonObject.Kind.NULL && !required)) {
      if (required) {
        throw refuse("is missing");
      }
      return kind == Kind.ATTACHMENTS ? List.of() : null;
    }
    return switch (kind) {
      case ID -> id(payload);
      case TEXT -> text(payload);
      case NAME -> named(payload);
      case ROLE -> role(payload);
      case POSITION -> position(payload);
      case ATTACHMENTS -> attachments(payload);
    };
  }

  private String id(JsonObject payload) {
    String value = text(payload);
    if (!Ids.isValid(value)) {
      throw refuse("must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -");
    }
    return value;
  }

  private String text(JsonObject payload) {
    if (payload.kind(name) != JsonObject.Kind.TEXT) {
      throw refuse("must be text");
    }
    String value = payload.text(name);
    int limit = kind == Kind.ID || kind == Kind.ROLE ? Ids.MAX_LENGTH : max;
    if (value.length() > limit) {
      throw refuse("has " + value.length() + " characters, the limit is " + limit);
    }
    return value;
  }

  private String named(JsonObject payload) {
    String value = text(payload);
    if (value.isBlank()) {
      throw refuse("must not be blank");
    }
    return value;
  }

  private Role role(JsonObject payload) {
    Role role = Role.fromWire(text(payload));
    if (role == null) {
      throw refuse("must be owner, member or reader");
    }
    return role;
  }

  private Long position(JsonObject payload) {
    if (payload.kind(name) != JsonObject.Kind.INTEGER || payload.integer(name) < 0) {
      throw refuse("must be a whole number of 0 or more");
    }
    return payload.integer(name);
  }

  private List<Attachment> attachments(JsonObject payload) {
    if (payload.kind(name) != JsonObject.Kind.ARRAY) {
      throw refuse("must be a list");
    }
    List<JsonObject> given;
    try {
      given = payload.objects(name);
    } catch (JsonException e) {
      throw refuse("must be a list of objects");
    }
    if (given.size() > max) {
      throw refuse("has " + given.size() + " elements, the limit is " + max);
    }
    List<Attachment> read = new ArrayList<>(given.size());
    for (JsonObject one : given) {
      read.add(attachment(one));
    }
    return read;
  }

  private Attachment attachment(JsonObject given) {
    for (String key : given.names()) {
      switch (key) {
        case "sha256", "name", "type", "bytes" -> {}
        default -> throw refuse("has an element with the unknown field " + key);
      }
    }
    boolean shaped =
        given.kind("sha256") == JsonObject.Kind.TEXT
            && given.kind("name") == JsonObject.Kind.TEXT
            && given.kind("type") == JsonObject.Kind.TEXT
            && given.kind("bytes") == JsonObject.Kind.INTEGER;
    if (!shaped
        || !isSha256(given.text("sha256"))
        || given.text("name").length() > MAX_ATTACHMENT_NAME
        || given.text("type").length() > MAX_ATTACHMENT_NAME
        || given.integer("bytes") < 0
        || given.integer("bytes") > MAX_ATTACHMENT_BYTES) {
      throw refuse("needs sha256 (64 hex digits), name, type and bytes in each element");
    }
    return new Attachment(
        given.text("sha256"), given.text("name"), given.text("type"), given.integer("bytes"));
  }

  private static boolean isSha256(String text) {
    if (text.length() != 64) {
      return false;
    }
    for (int i = 0; i < 64; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** Writes name and value; nothing where the value is absent or an empty list. */
  void write(E event, JsonText out) {
    Object value = get.apply(event);
    switch (value) {
      case null -> {}
      case String text -> out.name(name).value(text);
      case Long number -> out.name(name).value(number);
      case Role role -> out.name(name).value(role.wire());
      case List<?> list -> {
        if (!list.isEmpty()) {
          out.name(name);
          writeAttachments(list, out);
        }
      }
      default -> throw new IllegalStateException("field " + name + " holds " + value.getClass());
    }
  }

  /** The attachments as a JSON array, names in canonical order. */
  static void writeAttachments(List<?> attachments, JsonText out) {
    out.beginArray();
    for (Object element : attachments) {
      Attachment one = (Attachment) element;
      out.beginObject()
          .name("bytes")
          .value(one.bytes())
          .name("name")
          .value(one.name())
          .name("sha256")
          .value(one.sha256())
          .name("type")
          .value(one.type())
          .endObject();
    }
    out.endArray();
  }

  private EventRefusedException refuse(String what) {
    return new EventRefusedException(
        ProblemCode.INVALID_PAYLOAD, "The field " + name + " of the payload " + what + ".");
  }

  /** The limits that belong to a kind rather than to a field. */
  static String describeKinds() {
    return "kinds{ID:"
        + Ids.MAX_LENGTH
        + ",POSITION:"
        + Protocol.MAX_INTEGER
        + ",ROLE:owner|member|reader,ATTACHMENTS:bytes<="
        + MAX_ATTACHMENT_BYTES
        + "|name<="
        + MAX_ATTACHMENT_NAME
        + "|sha256|type<="
        + MAX_ATTACHMENT_NAME
        + "}";
  }

  String describe() {
    return name + ":" + kind + (required ? "!" : "?") + max;
  }
}

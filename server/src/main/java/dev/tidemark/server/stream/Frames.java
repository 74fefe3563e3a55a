package dev.tidemark.server.stream;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.eventlog.LoggedEvent;
import dev.tidemark.server.eventlog.SpaceHead;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of server-sent events. JSON has no line breaks, so each datum is one line. */
public final class Frames {
  static final byte[] COMMENT = utf8(":\n\n");

  private Frames() {}

  static Mail.Events events(String space, List<LoggedEvent> events) {
    JsonText json = new JsonText(new StringBuilder(256 + 320 * events.size()));
    json.beginObject().name("space").value(space).name("events").beginArray();
    for (LoggedEvent logged : events) {
      EventCodec.writeConfirmed(logged.event(), json);
    }
    json.endArray().endObject();
    LoggedEvent last = events.getLast();
    return new Mail.Events(
        space,
        events.getFirst().event().position(),
        last.event().position(),
        last.chainHash().inCursor(),
        utf8("event: events\ndata: " + json + "\n"));
  }

  static byte[] id(String cursor) {
    return utf8("id: " + cursor + "\n\n");
  }

  static byte[] space(SpaceHead space) {
    JsonText json = new JsonText();
    writeSpace(space, json);
    return utf8("event: space\ndata: " + json + "\n\n");
  }

  static byte[] revoked(String space) {
    return utf8("event: revoked\ndata: " + ofSpace(space) + "\n\n");
  }

  /** Tells a reader that was too slow where to resume. */
  static byte[] overflow(String cursor) {
    JsonText json = new JsonText();
    json.beginObject().name("cursor").value(cursor).endObject();
    return utf8("event: overflow\ndata: " + json + "\nid: " + cursor + "\n\n");
  }

  /** A space as lists and streams show it. */
  public static void writeSpace(SpaceHead space, JsonText json) {
    json.beginObject()
        .name("id")
        .value(space.id())
        .name("name")
        .value(space.name())
        .name("role")
        .value(space.role())
        .name("head")
        .value(space.head())
        .name("hash")
        .value(space.hash())
        .name("personal")
        .value(space.personal())
        .endObject();
  }

  private static JsonText ofSpace(String space) {
    return new JsonText().beginObject().name("space").value(space).endObject();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

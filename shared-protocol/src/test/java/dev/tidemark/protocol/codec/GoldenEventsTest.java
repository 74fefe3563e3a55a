package dev.tidemark.protocol.codec;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tidemark.protocol.GoldenFile;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire as it was released: one golden file for each event type of each version. */
class GoldenEventsTest {
  private static final String DESCRIPTION_SHA256 =
      "a98295cd7641f7871acc9915e8ab35651aa4fa886223bac6bb43df87d748c06e";

  static Stream<EventType<?>> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void events_are_written_as_released(EventType<?> type) {
    StringBuilder text = new StringBuilder("{\"type\":\"" + type.name() + "\",\"cases\":[\n");
    String separator = "";
    for (Map.Entry<String, WorkspaceEvent> sample : Samples.of(type).entrySet()) {
      text.append(separator).append(write(sample.getKey(), sample.getValue()));
      separator = ",\n";
    }
    golden(type).assertEqualTo(text.append("\n]}\n").toString());
  }

  @ParameterizedTest
  @MethodSource("types")
  void released_events_are_read_and_written_back_unchanged(EventType<?> type) {
    List<JsonObject> cases = JacksonJson.parse(golden(type).text()).objects("cases");
    assertFalse(cases.isEmpty(), () -> "no case for " + type.name());
    for (JsonObject one : cases) {
      WorkspaceEvent expected = Samples.of(type).get(one.text("case"));

      Event pending = EventCodec.decodeNew("space-1", "ada", one.object("new"));
      assertEquals(expected, pending.body());
      JsonText written = new JsonText();
      EventCodec.writeNew(pending, written);
      assertEquals(one.object("new").json(), written.toString());

      Event confirmed = EventCodec.decodeConfirmed("space-1", one.object("confirmed"));
      assertEquals(pending.confirmedAt(7, 1_750_000_000_123L), confirmed);
      written = new JsonText();
      EventCodec.writeConfirmed(confirmed, written);
      assertEquals(one.object("confirmed").json(), written.toString());

      if (one.kind("erased") == JsonObject.Kind.OBJECT) {
        WorkspaceEvent erased =
            requireNonNull(EventCodec.decodeStored(type.name(), one.object("erased")));
        assertEquals(type, EventTypes.of(erased));
        assertEquals(one.object("erased").json(), EventTypes.encodeErased(erased));
      }
    }
  }

  @Test
  void the_schema_is_the_pinned_one() throws NoSuchAlgorithmException {
    new GoldenFile("v" + Protocol.VERSION + "/description.txt")
        .assertEqualTo(EventTypes.description());
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(EventTypes.description().getBytes(StandardCharsets.UTF_8));
    assertEquals(
        DESCRIPTION_SHA256,
        HexFormat.of().formatHex(digest),
        "The wire schema has changed. Raise Protocol.VERSION, keep the golden files of the old"
            + " version and add those of the new one (-Dtidemark.golden=write), describe it in"
            + " docs/protocol.md, and pin the new hash here. Never change a released version.");
  }

  private static GoldenFile golden(EventType<?> type) {
    return new GoldenFile("v" + Protocol.VERSION + "/" + type.name() + ".json");
  }

  private static String write(String name, WorkspaceEvent body) {
    Event pending =
        new Event(
            "space-1",
            0,
            "01890a5d-ac96-774b-bcce-b302099a8057",
            EventTypes.of(body).name(),
            "ada",
            6,
            1_750_000_000_000L,
            0,
            EventTypes.encode(body),
            body);
    JsonText out = new JsonText();
    out.beginObject().name("case").value(name).name("new");
    EventCodec.writeNew(pending, out);
    out.name("confirmed");
    EventCodec.writeConfirmed(pending.confirmedAt(7, 1_750_000_000_123L), out);
    if (body instanceof WorkspaceEvent.MessageCreated
        || body instanceof WorkspaceEvent.MessageEdited) {
      out.name("erased").raw(EventTypes.encodeErased(body));
    }
    return out.endObject().toString();
  }
}

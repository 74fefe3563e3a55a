package dev.tidemark.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Payloads are stored and hashed in the canonical form of RFC 8785. */
class CanonicalFormTest {

  @Test
  void names_are_sorted_however_they_were_sent() {
    String canonical =
        "{\"body\":\"b\",\"channelId\":\"c\",\"messageId\":\"m\",\"threadId\":\"t\"}";
    for (String sent :
        List.of(
            "{\"threadId\":\"t\",\"messageId\":\"m\",\"channelId\":\"c\",\"body\":\"b\"}",
            " { \"body\" : \"b\" ,\n\t\"messageId\":\"m\", \"threadId\":\"t\",\"channelId\":\"c\"}",
            canonical)) {
      assertEquals(canonical, canonical("message.created", sent));
    }
  }

  @Test
  void absent_null_and_empty_optional_fields_are_the_same() {
    String canonical = "{\"body\":\"b\",\"channelId\":\"c\",\"messageId\":\"m\"}";
    String common = "{\"messageId\":\"m\",\"channelId\":\"c\",\"body\":\"b\"";
    for (String rest : List.of("}", ",\"threadId\":null}", ",\"attachments\":[]}")) {
      assertEquals(canonical, canonical("message.created", common + rest));
    }
  }

  @Test
  void attachments_have_their_names_sorted_too() {
    String sha = "ab".repeat(32);
    assertEquals(
        "{\"attachments\":[{\"bytes\":3,\"name\":\"n\",\"sha256\":\"%s\",\"type\":\"t\"}],\"body\":\"\",\"channelId\":\"c\",\"messageId\":\"m\"}"
            .formatted(sha),
        canonical(
            "message.created",
            "{\"messageId\":\"m\",\"channelId\":\"c\",\"body\":\"\",\"attachments\":[{\"type\":\"t\",\"sha256\":\"%s\",\"name\":\"n\",\"bytes\":3.0}]}"
                .formatted(sha)));
  }

  @Test
  void the_same_text_in_other_escapes_has_one_form() {
    assertEquals(
        "{\"body\":\"/é€🌊\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028\",\"messageId\":\"m\"}",
        canonical(
            "message.edited",
            "{\"messageId\":\"m\",\"body\":\"\\/\\u00e9\\u20AC\\ud83c\\udf0a\\u0022\\u005C\\u0008\\u000C\\u000a\\u000d\\u0009\\u0001\\u001F\\u007F\\u2028\"}"));
  }

  @Test
  void integers_have_one_form() {
    for (String position : List.of("1000", "1000.0", "1e3", "1E+3")) {
      assertEquals(
          "{\"channelId\":\"c\",\"position\":1000,\"spaceId\":\"s\"}",
          canonical(
              "read.marked",
              "{\"spaceId\":\"s\",\"channelId\":\"c\",\"position\":" + position + "}"));
    }
  }

  @Test
  void every_sample_survives_the_round_trip() {
    for (EventType<?> type : EventTypes.all()) {
      for (WorkspaceEvent sample : Samples.of(type).values()) {
        String text = EventTypes.encode(sample);
        assertEquals(sample, type.decode(JacksonJson.parse(text)));
        assertEquals(text, JacksonJson.parse(text).json());
      }
    }
  }

  @Test
  void nested_values_are_separated_as_json_wants_it() {
    JsonText out = new JsonText();
    out.beginObject().name("a").beginArray().value(1).value(true).nullValue().beginObject();
    out.endObject().endArray().name("b").value("x").endObject();
    assertEquals("{\"a\":[1,true,null,{}],\"b\":\"x\"}", out.toString());
  }

  private static String canonical(String type, String payload) {
    return EventCodec.decodeNew(
            "s",
            "ada",
            JacksonJson.parse(
                "{\"id\":\"e\",\"type\":\"%s\",\"clientTime\":1,\"payload\":%s}"
                    .formatted(type, payload)))
        .payload();
  }
}

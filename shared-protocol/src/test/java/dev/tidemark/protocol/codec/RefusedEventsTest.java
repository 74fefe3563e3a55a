package dev.tidemark.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.jvm.JacksonJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which an event can have the wrong shape, and what its sender is told. */
class RefusedEventsTest {
  private static final String MESSAGE =
      "{\"messageId\":\"m1\",\"channelId\":\"general\",\"body\":\"hi\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"message.deleted","clientTime":1,"payload":{"messageId":"m"}}              | id must be text.
          {"id":7,"type":"message.deleted","clientTime":1,"payload":{"messageId":"m"}}       | id must be text.
          {"id":"","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"}}      | An event id is 1 to 64 characters of A-Z, a-z, 0-9, _ and -.
          {"id":"a b","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"}}   | An event id is 1 to 64 characters of A-Z, a-z, 0-9, _ and -.
          {"id":"é","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"}}     | An event id is 1 to 64 characters of A-Z, a-z, 0-9, _ and -.
          {"id":"e","clientTime":1,"payload":{"messageId":"m"}}                              | type must be text.
          {"id":"e","type":null,"clientTime":1,"payload":{"messageId":"m"}}                  | type must be text.
          {"id":"e","type":"message.deleted","payload":{"messageId":"m"}}                    | clientTime must be a whole number of milliseconds since 1970.
          {"id":"e","type":"message.deleted","clientTime":"1","payload":{"messageId":"m"}}   | clientTime must be a whole number of milliseconds since 1970.
          {"id":"e","type":"message.deleted","clientTime":1.5,"payload":{"messageId":"m"}}   | clientTime must be a whole number of milliseconds since 1970.
          {"id":"e","type":"message.deleted","clientTime":1,"basis":-1,"payload":{"messageId":"m"}}   | basis must be a whole number of 0 or more.
          {"id":"e","type":"message.deleted","clientTime":1,"basis":null,"payload":{"messageId":"m"}} | basis must be a whole number of 0 or more.
          {"id":"e","type":"message.deleted","clientTime":1}                                 | payload must be an object.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":[]}                    | payload must be an object.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":null}                  | payload must be an object.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"},"x":1}          | An event has no field x.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"},"position":1}   | The server alone sets position.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"},"author":"ben"} | The server alone sets author.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"},"serverTime":1} | The server alone sets serverTime.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"},"space":"s"}    | The server alone sets space.
          {"id":"e","type":"message.deleted","clientTime":1,"payload":{"messageId":"m"},"origin":"x"}   | The server alone sets origin.
          """)
  void an_envelope_of_another_shape_is_refused(String json, String sentence) {
    EventRefusedException refused = refusal(json);
    assertEquals(ProblemCode.INVALID_EVENT, refused.code());
    assertEquals(400, refused.code().status());
    assertEquals(sentence, refused.detail());
  }

  @Test
  void an_id_of_65_characters_is_refused_and_one_of_64_is_not() {
    String longest = "a".repeat(64);
    assertEquals(
        longest, decode(envelope(longest, "message.deleted", "{\"messageId\":\"m\"}")).id());
    assertEquals(
        ProblemCode.INVALID_EVENT,
        refusal(envelope(longest + "a", "message.deleted", "{\"messageId\":\"m\"}")).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"message.exploded", "event.erased", "", "MESSAGE.CREATED"})
  void an_unknown_type_is_refused_with_the_versions_that_are_served(String type) {
    EventRefusedException refused = refusal(envelope("e", type, "{}"));
    assertEquals(ProblemCode.UNKNOWN_TYPE, refused.code());
    assertEquals(422, refused.code().status());
    assertTrue(refused.detail().endsWith("it serves protocol versions 1 to 1."), refused.detail());
  }

  @Test
  void a_long_unknown_type_is_cut_in_the_answer() {
    assertTrue(refusal(envelope("e", "x".repeat(10_000), "{}")).detail().length() < 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          message.deleted     | {}                                              | The field messageId of the payload is missing.
          message.deleted     | {"messageId":null}                              | The field messageId of the payload must be text.
          message.deleted     | {"messageId":5}                                 | The field messageId of the payload must be text.
          message.deleted     | {"messageId":{}}                                | The field messageId of the payload must be text.
          message.deleted     | {"messageId":"m/1"}                             | The field messageId of the payload must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -.
          message.deleted     | {"messageId":""}                                | The field messageId of the payload must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -.
          message.deleted     | {"messageId":"m","why":"x"}                     | message.deleted has no field why.
          message.created     | {"messageId":"m","channelId":"c"}               | The field body of the payload is missing.
          message.created     | {"messageId":"m","channelId":"c","body":""}     | A message needs some text.
          message.created     | {"messageId":"m","channelId":"c","body":" \\n"} | A message needs some text.
          message.created     | {"messageId":"m","channelId":"c","body":"x","threadId":"?"}       | The field threadId of the payload must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -.
          message.created     | {"messageId":"m","channelId":"c","body":"x","attachments":{}}     | The field attachments of the payload must be a list.
          message.created     | {"messageId":"m","channelId":"c","body":"x","attachments":[1]}    | The field attachments of the payload must be a list of objects.
          message.created     | {"messageId":"m","channelId":"c","body":"x","attachments":[{}]}   | The field attachments of the payload needs sha256 (64 hex digits), name, type and bytes in each element.
          message.created     | {"messageId":"m","channelId":"c","body":"x","erased":true}        | message.created has no field erased.
          message.edited      | {"messageId":"m","body":""}                     | A message needs some text.
          message.edited      | {"messageId":"m","body":"x","erased":true}      | message.edited has no field erased.
          reaction.added      | {"messageId":"m","emoji":""}                    | The field emoji of the payload must not be blank.
          channel.created     | {"channelId":"c","name":"  "}                   | The field name of the payload must not be blank.
          channel.renamed     | {"channelId":"c"}                               | The field name of the payload is missing.
          document.created    | {"documentId":"d","title":""}                   | The field title of the payload must not be blank.
          document.edited     | {"documentId":"d","change":{}}                  | The field change of the payload must be text.
          member.joined       | {"userId":"u","role":"admin"}                   | The field role of the payload must be owner, member or reader.
          member.joined       | {"userId":"u","role":"OWNER"}                   | The field role of the payload must be owner, member or reader.
          member.joined       | {"userId":"u"}                                  | The field role of the payload is missing.
          member.role_changed | {"userId":"u","role":true}                      | The field role of the payload must be text.
          profile.updated     | {"name":""}                                     | The field name of the payload must not be blank.
          profile.updated     | {"name":"Ada","avatar":1}                       | The field avatar of the payload must be text.
          read.marked         | {"spaceId":"s","channelId":"c","position":-1}   | The field position of the payload must be a whole number of 0 or more.
          read.marked         | {"spaceId":"s","channelId":"c","position":0.5}  | The field position of the payload must be a whole number of 0 or more.
          read.marked         | {"spaceId":"s","channelId":"c","position":"1"}  | The field position of the payload must be a whole number of 0 or more.
          """)
  void a_payload_of_another_shape_is_refused(String type, String payload, String sentence) {
    EventRefusedException refused = refusal(envelope("e", type, payload));
    assertEquals(ProblemCode.INVALID_PAYLOAD, refused.code());
    assertEquals(400, refused.code().status());
    assertEquals(sentence, refused.detail());
  }

  @ParameterizedTest
  @CsvSource({
    "message.created, body, 65536",
    "message.edited, body, 65536",
    "reaction.added, emoji, 32",
    "reaction.removed, emoji, 32",
    "channel.created, name, 120",
    "channel.renamed, name, 120",
    "document.created, title, 120",
    "document.edited, change, 262144",
    "profile.updated, name, 120",
    "profile.updated, avatar, 120",
  })
  void a_text_may_reach_its_limit_and_not_pass_it(String type, String field, int limit) {
    assertNotNull(decode(envelope("e", type, payloadWith(type, field, "x".repeat(limit)))).body());

    EventRefusedException refused =
        refusal(envelope("e", type, payloadWith(type, field, "x".repeat(limit + 1))));
    assertEquals(ProblemCode.INVALID_PAYLOAD, refused.code());
    assertEquals(
        "The field %s of the payload has %d characters, the limit is %d."
            .formatted(field, limit + 1, limit),
        refused.detail());
  }

  @Test
  void a_message_takes_20_attachments_and_not_21() {
    String one = attachment("a", 25_000_000);
    String twenty = (one + ",").repeat(19) + one;
    assertNotNull(decode(envelope("e", "message.created", withAttachments(twenty))).body());
    assertEquals(
        "The field attachments of the payload has 21 elements, the limit is 20.",
        refusal(envelope("e", "message.created", withAttachments(twenty + "," + one))).detail());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sha256\":\"00\",\"name\":\"n\",\"type\":\"t\",\"bytes\":1}",
        "{\"sha256\":null,\"name\":\"n\",\"type\":\"t\",\"bytes\":1}",
        "{\"name\":\"n\",\"type\":\"t\",\"bytes\":1}",
      })
  void an_attachment_without_a_sha256_is_refused(String attachment) {
    assertEquals(
        ProblemCode.INVALID_PAYLOAD,
        refusal(envelope("e", "message.created", withAttachments(attachment))).code());
  }

  @Test
  void an_attachment_over_a_limit_or_with_an_unknown_field_is_refused() {
    for (String attachment :
        new String[] {
          attachment("n".repeat(256), 1),
          attachment("n", 25_000_001),
          attachment("n", -1),
          attachment("n", 1).replace("}", ",\"url\":\"x\"}"),
          attachment("n", 1).replace("0123", "0XYZ"),
        }) {
      assertEquals(
          ProblemCode.INVALID_PAYLOAD,
          refusal(envelope("e", "message.created", withAttachments(attachment))).code());
    }
  }

  @Test
  void a_client_clock_out_of_range_is_accepted_and_flagged() {
    for (long clientTime : new long[] {-62_000_000_000_000L, 0, Protocol.MAX_INTEGER}) {
      Event event =
          decode(
              "{\"id\":\"e\",\"type\":\"message.deleted\",\"clientTime\":%d,\"payload\":{\"messageId\":\"m\"}}"
                  .formatted(clientTime));
      assertEquals(clientTime, event.clientTime());
      Event confirmed = event.confirmedAt(1, 1_750_000_000_000L);
      assertTrue(confirmed.isClockSkewed());
      assertEquals(1_750_000_000_000L, confirmed.shownTime());
    }
  }

  @Test
  void a_new_event_has_no_position_no_server_time_and_the_signed_in_author() {
    Event event = decode(envelope("e", "message.created", MESSAGE + ",\"threadId\":null}"));
    assertEquals(0, event.position());
    assertEquals(0, event.serverTime());
    assertEquals(0, event.basis());
    assertEquals("ada", event.author());
    assertTrue(event.isPending());
    assertEquals(
        "{\"body\":\"hi\",\"channelId\":\"general\",\"messageId\":\"m1\"}", event.payload());
  }

  @Test
  void a_confirmed_event_of_an_unknown_type_keeps_its_payload_and_has_no_body() {
    String payload = "{\"z\":[1,{\"deep\":null}],\"a\":1.5,\"b\":true}";
    Event event =
        EventCodec.decodeConfirmed(
            "s",
            JacksonJson.parse(
                "{\"id\":\"e\",\"type\":\"poll.opened\",\"basis\":0,\"clientTime\":1,\"payload\":"
                    + payload
                    + ",\"position\":3,\"author\":\"ada\",\"serverTime\":2}"));
    assertNull(event.body());
    assertEquals(payload, event.payload());
    assertEquals(3, event.position());
  }

  @Test
  void only_stored_payloads_may_be_marked_as_erased() {
    WorkspaceEvent stored =
        EventCodec.decodeStored(
            "message.edited",
            JacksonJson.parse("{\"body\":\"\",\"erased\":true,\"messageId\":\"m\"}"));
    assertEquals(new WorkspaceEvent.MessageEdited("m", ""), stored);
  }

  @Test
  void what_holds_no_text_cannot_be_erased() {
    assertThrows(
        IllegalArgumentException.class,
        () -> EventTypes.encodeErased(new WorkspaceEvent.MessagePinned("m")));
  }

  private static String payloadWith(String type, String field, String value) {
    String others =
        switch (type) {
          case "message.created" -> "\"messageId\":\"m\",\"channelId\":\"c\",";
          case "message.edited", "reaction.added", "reaction.removed" -> "\"messageId\":\"m\",";
          case "channel.created", "channel.renamed" -> "\"channelId\":\"c\",";
          case "document.created", "document.edited" -> "\"documentId\":\"d\",";
          default -> field.equals("avatar") ? "\"name\":\"Ada\"," : "";
        };
    return "{" + others + "\"" + field + "\":\"" + value + "\"}";
  }

  private static String attachment(String name, long bytes) {
    return "{\"sha256\":\"%s\",\"name\":\"%s\",\"type\":\"t\",\"bytes\":%d}"
        .formatted("0123456789abcdef".repeat(4), name, bytes);
  }

  private static String withAttachments(String attachments) {
    return MESSAGE + ",\"attachments\":[" + attachments + "]}";
  }

  private static String envelope(String id, String type, String payload) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"clientTime\":1,\"payload\":%s}"
        .formatted(id, type, payload);
  }

  private static Event decode(String json) {
    return EventCodec.decodeNew("space-1", "ada", JacksonJson.parse(json));
  }

  private static EventRefusedException refusal(String json) {
    return assertThrows(EventRefusedException.class, () -> decode(json));
  }
}

package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.code;
import static dev.tidemark.server.TestServer.event;
import static dev.tidemark.server.TestServer.json;
import static dev.tidemark.server.TestServer.message;
import static dev.tidemark.server.TestServer.results;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendTest {
  @TempDir Path data;
  private TestServer server;
  private String token;
  private String space;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(data);
    token = server.token("ada", true);
    space = server.space(token, "Test");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<JsonObject> events() throws IOException {
    return json(server.get(token, "/api/v1/spaces/" + space + "/events")).objects("events");
  }

  @Test
  void the_first_event_of_a_space_is_its_creators_joining() throws IOException {
    JsonObject first = events().getFirst();
    assertEquals(1, first.integer("position"));
    assertEquals("member.joined", first.text("type"));
    assertEquals("system", first.text("author"));
    assertEquals("{\"role\":\"owner\",\"userId\":\"ada\"}", first.object("payload").json());
  }

  @Test
  void an_appended_event_is_read_back_with_its_position_author_and_time() throws IOException {
    HttpResponse<String> appended =
        server.append(token, space, channel("c1"), message("m1", "c1", "hello"));
    assertEquals(200, appended.statusCode());
    assertEquals(3, json(appended).integer("head"));
    JsonObject read = events().get(2);
    assertEquals(3, read.integer("position"));
    assertEquals("ada", read.text("author"));
    assertEquals(1_700_000_000_000L, read.integer("clientTime"));
    assertTrue(read.integer("serverTime") > 1_700_000_000_000L);
    assertEquals("hello", read.object("payload").text("body"));
  }

  @Test
  void the_same_event_again_gets_its_old_position() throws IOException {
    server.append(token, space, channel("c1"));
    HttpResponse<String> again =
        server.append(token, space, channel("c1"), message("m1", "c1", "x"));
    assertEquals(200, again.statusCode());
    assertEquals(2, results(again).getFirst().integer("position"));
    assertTrue(results(again).getFirst().bool("duplicate"));
    assertEquals(3, results(again).get(1).integer("position"));
    assertFalse(results(again).get(1).bool("duplicate"));
  }

  @Test
  void the_same_id_with_another_payload_is_a_conflict() throws IOException {
    server.append(token, space, channel("c1"));
    HttpResponse<String> other =
        server.append(
            token,
            space,
            event("e-c1", "channel.created", "{\"channelId\":\"c9\",\"name\":\"other\"}"));
    assertEquals(409, other.statusCode());
    assertEquals("id-conflict", code(other));
    assertEquals(0, json(other).integer("index"));
    assertEquals("e-c1", json(other).text("eventId"));
  }

  @Test
  void a_refused_batch_is_refused_whole_and_leaves_no_gap() throws IOException {
    HttpResponse<String> refused =
        server.append(token, space, channel("c1"), message("m1", "nowhere", "x"));
    assertEquals(422, refused.statusCode());
    assertEquals("unknown-target", code(refused));
    assertEquals(1, json(refused).integer("index"));
    assertEquals("e-m1", json(refused).text("eventId"));
    assertEquals(1, events().size());
    assertEquals(2, json(server.append(token, space, channel("c1"))).integer("head"));
  }

  @Test
  void concurrent_writers_get_positions_without_gap_or_double() throws Exception {
    server.append(token, space, channel("c1"));
    int writers = 8;
    int each = 40;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Callable<Set<Long>>> work =
          IntStream.range(0, writers)
              .<Callable<Set<Long>>>mapToObj(w -> () -> write(w, each))
              .toList();
      Set<Long> positions = new HashSet<>();
      for (Future<Set<Long>> written : threads.invokeAll(work)) {
        positions.addAll(written.get());
      }
      assertEquals(writers * each, positions.size());
      for (long position = 3; position < 3 + writers * each; position++) {
        assertTrue(positions.contains(position), "position " + position);
      }
    }
  }

  /** Every third batch is refused after its first event was accepted. */
  private Set<Long> write(int writer, int count) throws IOException {
    Set<Long> positions = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String id = "w" + writer + "-" + i;
      if (i % 3 == 0) {
        assertEquals(
            422,
            server
                .append(token, space, message("x" + id, "c1", "x"), message("y" + id, "no", "y"))
                .statusCode());
      }
      HttpResponse<String> response = server.append(token, space, message(id, "c1", "text"));
      positions.add(results(response).getFirst().integer("position"));
    }
    return positions;
  }

  @Test
  void deleting_a_message_erases_its_texts_from_the_log() throws IOException {
    server.append(token, space, channel("c1"), message("m1", "c1", "secret one"));
    server.append(
        token,
        space,
        event("ed1", "message.edited", "{\"messageId\":\"m1\",\"body\":\"secret two\"}"),
        event("del", "message.deleted", "{\"messageId\":\"m1\"}"),
        event("ed2", "message.edited", "{\"messageId\":\"m1\",\"body\":\"secret three\"}"));
    String log = server.get(token, "/api/v1/spaces/" + space + "/events").body();
    assertFalse(log.contains("secret"), log);
    assertEquals(6, events().size());
    assertEquals(
        "{\"body\":\"\",\"channelId\":\"c1\",\"erased\":true,\"messageId\":\"m1\"}",
        events().get(2).object("payload").json());
  }

  @Test
  void a_page_is_bounded_and_tells_the_head() throws IOException {
    server.append(token, space, channel("c1"), TestServer.messages("m", "c1", 30));
    HttpResponse<String> page =
        server.get(token, "/api/v1/spaces/" + space + "/events?after=5&limit=10");
    List<JsonObject> events = json(page).objects("events");
    assertEquals(10, events.size());
    assertEquals(6, events.getFirst().integer("position"));
    assertEquals(32, json(page).integer("head"));
  }
}

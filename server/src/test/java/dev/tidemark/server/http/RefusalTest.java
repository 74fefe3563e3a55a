package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.code;
import static dev.tidemark.server.TestServer.event;
import static dev.tidemark.server.TestServer.joined;
import static dev.tidemark.server.TestServer.json;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets a clear answer, and what was acknowledged before stays. */
class RefusalTest {
  @TempDir Path data;
  private TestServer server;
  private String ada;
  private String space;
  private String events;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(data);
    ada = server.token("ada", true);
    space = server.space(ada, "Test");
    events = "/api/v1/spaces/" + space + "/events";
    server.append(ada, space, channel("c1"), message("m1", "c1", "hello"));
  }

  @AfterEach
  void stop() throws IOException {
    assertEquals(3, json(server.get(ada, events)).integer("head"), "nothing lost, nothing added");
    server.close();
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(code, code(response));
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals(status, json(response).integer("status"));
    assertTrue(json(response).text("detail").endsWith("."), response.body());
  }

  private HttpResponse<String> postBytes(byte[] body, String... headers) throws IOException {
    HttpRequest.Builder request =
        server.as(ada, events).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return server.send(request);
  }

  @Test
  void without_a_valid_token_nothing_is_told() throws IOException {
    for (String path : List.of("/api/v1/spaces", events, "/api/v1/stream", "/api/v1/session")) {
      assertRefused(server.get(null, path), 401, "not-signed-in");
      assertRefused(server.get("tm_wrong", path), 401, "not-signed-in");
    }
    HttpRequest.Builder basic =
        HttpRequest.newBuilder(server.uri(events)).header("Authorization", "Basic YTpi");
    assertRefused(server.send(basic), 401, "not-signed-in");
  }

  @Test
  void a_foreign_space_is_answered_like_an_absent_one() throws IOException {
    String bob = server.token("bob", false);
    String absent = "/api/v1/spaces/00000000-0000-0000-0000-000000000000/events";
    for (String path : List.of(events, absent, "/api/v1/spaces/a%20b/events")) {
      assertRefused(server.get(bob, path), 404, "not-found");
    }
    assertEquals(server.get(bob, events).body(), server.get(bob, absent).body());
    HttpResponse<String> foreign = server.append(bob, space, message("x", "c1", "x"));
    assertRefused(foreign, 404, "not-found");
    assertEquals(foreign.body(), server.append(bob, "nowhere", message("x", "c1", "x")).body());
    assertTrue(
        json(server.get(bob, "/api/v1/spaces")).objects("spaces").stream()
            .noneMatch(listed -> listed.text("id").equals(space)));
  }

  @Test
  void only_administrators_create_spaces() throws IOException {
    String bob = server.token("bob", false);
    assertRefused(server.post(bob, "/api/v1/spaces", "{\"name\":\"x\"}"), 403, "forbidden");
    for (String body : List.of("{}", "{\"name\":5}", "{\"name\":\" \"}", "{\"name\":\"a\\nb\"}")) {
      assertRefused(server.post(ada, "/api/v1/spaces", body), 400, "invalid-request");
    }
  }

  @Test
  void what_only_the_server_sets_is_refused_from_clients() throws IOException {
    for (String field : List.of("position", "author", "serverTime")) {
      String given =
          "{\"id\":\"x\",\"type\":\"channel.created\",\"clientTime\":1,\""
              + field
              + "\":1,\"payload\":{\"channelId\":\"c\",\"name\":\"c\"}}";
      HttpResponse<String> refused = server.append(ada, space, given);
      assertRefused(refused, 400, "invalid-event");
      assertEquals("x", json(refused).text("eventId"));
    }
  }

  @Test
  void unknown_types_and_protocol_versions_are_told_the_served_ones() throws IOException {
    HttpResponse<String> type = server.append(ada, space, event("x", "message.sung", "{}"));
    assertRefused(type, 422, "unknown-type");
    assertEquals(1, json(type).integer("supportedTo"));
    HttpRequest.Builder request =
        server.as(ada, "/api/v1/spaces").header("Tidemark-Protocol", "99").GET();
    assertRefused(server.send(request), 422, "unsupported-protocol");
  }

  @Test
  void broken_json_is_refused() throws IOException {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "{\"events\":" + deep + "}",
            "{\"events\":[],\"events\":[]}",
            "{\"events\":[{\"id\":NaN}]}",
            "{\"events\":[{\"clientTime\":" + "9".repeat(400) + "}]}",
            "{\"" + "n".repeat(10_000) + "\":1}",
            "{\"events\":[]} x",
            "{\"events\":[{\"id\":\"\\ud800\"}]}",
            "{\"events\":[{\"id\":\"a\\u0000b\"}]}")) {
      assertRefused(server.post(ada, events, body), 400, "invalid-json");
    }
    byte[] badUtf8 = "{\"events\":[{\"id\":\"?\"}]}".getBytes(StandardCharsets.UTF_8);
    badUtf8[18] = (byte) 0xff;
    assertRefused(postBytes(badUtf8, "Content-Type", "application/json"), 400, "invalid-json");
  }

  @Test
  void batches_of_another_shape_are_refused() throws IOException {
    String twice = message("m9", "c1", "x") + "," + message("m9", "c1", "x");
    assertRefused(server.post(ada, events, "{}"), 400, "invalid-request");
    assertRefused(server.post(ada, events, "{\"events\":[]}"), 400, "invalid-request");
    assertRefused(server.post(ada, events, "{\"events\":[],\"more\":1}"), 400, "invalid-request");
    assertRefused(server.append(ada, space, twice), 400, "invalid-event");
    assertRefused(
        server.append(ada, space, TestServer.messages("n", "c1", 501)), 400, "invalid-request");
    assertRefused(
        server.append(ada, space, event("x", "message.created", "{\"body\":1}")),
        400,
        "invalid-payload");
    assertRefused(
        server.append(ada, space, event("a b", "message.pinned", "{}")), 400, "invalid-event");
  }

  @Test
  void a_body_over_the_limit_is_refused_naming_it_also_when_it_was_compressed() throws IOException {
    byte[] large = new byte[1_000_001];
    HttpResponse<String> plain = postBytes(large, "Content-Type", "application/json");
    assertRefused(plain, 413, "too-large");
    assertEquals(1_000_000, json(plain).integer("limit"));
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    assertTrue(bomb.size() < 100_000);
    assertRefused(
        postBytes(
            bomb.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip"),
        413,
        "too-large");
  }

  @Test
  void only_json_is_taken() throws IOException {
    byte[] body = "{\"events\":[]}".getBytes(StandardCharsets.UTF_8);
    assertRefused(postBytes(body), 415, "wrong-content-type");
    assertRefused(postBytes(body, "Content-Type", "text/plain"), 415, "wrong-content-type");
    assertRefused(
        postBytes(body, "Content-Type", "application/json; charset=latin1"),
        415,
        "wrong-content-type");
    for (String nothing : List.of(";", ";;", "; charset=utf-8", ",")) {
      assertRefused(postBytes(body, "Content-Type", nothing), 415, "wrong-content-type");
    }
    assertRefused(
        postBytes(body, "Content-Type", "application/json", "Content-Encoding", "br"),
        415,
        "wrong-content-type");
  }

  @Test
  void parameters_are_whole_numbers_in_range_and_known_by_name() throws IOException {
    for (String query :
        List.of(
            "after=-1",
            "after=1.5",
            "after=x",
            "after=99999999999999999",
            "limit=0",
            "limit=1001",
            "limit=",
            "limit=1&limit=2",
            "sort=id")) {
      assertRefused(server.get(ada, events + "?" + query), 400, "invalid-request");
    }
    assertEquals(200, server.get(ada, events + "?limit=1&").statusCode());
    assertTrue(json(server.get(ada, events + "?sort=id")).text("detail").contains("after, limit"));
  }

  @Test
  void sql_in_parameters_is_data() throws IOException {
    String hostile = "x'; drop table log_event; --";
    assertRefused(server.get(ada, events + "?after=1%20or%201=1"), 400, "invalid-request");
    assertRefused(
        server.get(ada, "/api/v1/spaces/x%27%20or%20%271%27=%271/events"), 404, "not-found");
    String other = server.space(ada, hostile);
    assertEquals(200, server.append(ada, other, channel("c")).statusCode());
    assertTrue(server.get(ada, "/api/v1/spaces").body().contains("drop table"));
  }

  @Test
  void unknown_addresses_and_methods_are_problems_too() throws IOException {
    assertRefused(server.get(ada, "/api/v1/nothing"), 404, "not-found");
    assertRefused(server.get(ada, "/no/such/file.js"), 404, "not-found");
    HttpRequest.Builder delete = server.as(ada, events).DELETE();
    assertEquals(405, server.send(delete).statusCode());
  }

  @Test
  void members_do_what_their_role_allows() throws IOException {
    String other = server.space(ada, "Roles");
    String bob = server.token("bob", false);
    String cyd = server.token("cyd", false);
    server.append(ada, other, channel("c1"), message("m1", "c1", "by ada"));
    server.append(ada, other, joined("bob", "member"), joined("cyd", "reader"));
    assertEquals(200, server.append(bob, other, message("m2", "c1", "by bob")).statusCode());
    assertRefused(server.append(cyd, other, message("m3", "c1", "x")), 403, "forbidden");
    String edit = event("ed", "message.edited", "{\"messageId\":\"m1\",\"body\":\"x\"}");
    assertRefused(server.append(bob, other, edit), 403, "forbidden");
    String archive = event("ar", "channel.archived", "{\"channelId\":\"c1\"}");
    assertRefused(server.append(bob, other, archive), 403, "forbidden");
    assertRefused(server.append(bob, other, joined("eve", "member")), 403, "forbidden");
    String delete = event("de", "message.deleted", "{\"messageId\":\"m2\"}");
    assertEquals(200, server.append(ada, other, delete).statusCode());
    assertEquals(200, server.append(ada, other, archive).statusCode());
    assertRefused(server.append(bob, other, message("m4", "c1", "late")), 422, "channel-archived");
    String leave = event("lv", "member.left", "{\"userId\":\"bob\"}");
    assertEquals(200, server.append(bob, other, leave).statusCode());
    assertRefused(server.append(bob, other, message("m5", "c1", "x")), 404, "not-found");
  }
}

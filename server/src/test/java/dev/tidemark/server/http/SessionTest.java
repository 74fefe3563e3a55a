package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.code;
import static dev.tidemark.server.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.StreamClient;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private static final String SESSION = "/api/v1/session";

  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String setup(String secret, String name) {
    return "{\"setupToken\":\"" + secret + "\",\"name\":\"" + name + "\"}";
  }

  private String cookie(HttpResponse<String> signedIn) {
    String header = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    return header.substring(0, header.indexOf(';'));
  }

  private String signIn() throws IOException {
    String secret = Objects.requireNonNull(server.node().setupSecret());
    HttpResponse<String> signedIn = server.post(null, SESSION, setup(secret, "Ada Lovelace"));
    assertEquals(201, signedIn.statusCode(), signedIn.body());
    return cookie(signedIn);
  }

  private HttpRequest.Builder with(String cookie, String path) {
    return HttpRequest.newBuilder(server.uri(path)).header("Cookie", cookie);
  }

  @Test
  void the_set_up_link_makes_an_administrator_once() throws IOException {
    String secret = Objects.requireNonNull(server.node().setupSecret());
    HttpResponse<String> wrong = server.post(null, SESSION, setup("wrong", "Eve"));
    assertEquals(401, wrong.statusCode());
    HttpResponse<String> first = server.post(null, SESSION, setup(secret, "Ada Lovelace"));
    assertEquals(
        "{\"id\":\"Ada-Lovelace\",\"name\":\"Ada Lovelace\",\"admin\":true}",
        json(first).object("user").json());
    HttpResponse<String> second = server.post(null, SESSION, setup(secret, "Eve"));
    assertEquals(401, second.statusCode());
    assertEquals("not-signed-in", code(second));
  }

  @Test
  void a_new_set_up_secret_is_made_at_each_start_until_one_was_used() throws IOException {
    String first = Objects.requireNonNull(server.node().setupSecret());
    server.close();
    server = new TestServer(data);
    assertEquals(401, server.post(null, SESSION, setup(first, "Eve")).statusCode());
    signIn();
    server.close();
    server = new TestServer(data);
    assertNull(server.node().setupSecret());
  }

  @Test
  void the_cookie_signs_in_until_the_session_is_ended() throws IOException {
    String cookie = signIn();
    HttpResponse<String> shown = server.send(with(cookie, SESSION).GET());
    assertEquals("Ada-Lovelace", json(shown).object("user").text("id"));
    assertEquals(204, server.send(with(cookie, SESSION).DELETE()).statusCode());
    assertEquals(401, server.send(with(cookie, SESSION).GET()).statusCode());
  }

  @Test
  void the_cookie_cannot_be_read_by_scripts_nor_sent_by_foreign_forms() throws IOException {
    String secret = Objects.requireNonNull(server.node().setupSecret());
    HttpResponse<String> signedIn = server.post(null, SESSION, setup(secret, "Ada"));
    String header = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(header.startsWith("tidemark-session="), header);
    assertTrue(header.contains("; HttpOnly"), header);
    assertTrue(header.contains("; SameSite=Lax"), header);
    assertTrue(header.contains("; Path=/"), header);
  }

  @Test
  void a_session_survives_a_restart() throws IOException {
    String cookie = signIn();
    server.close();
    server = new TestServer(data);
    assertEquals(200, server.send(with(cookie, SESSION).GET()).statusCode());
  }

  @Test
  void requests_made_by_pages_of_other_sites_are_refused() throws IOException {
    String cookie = signIn();
    String[][] foreign = {
      {"Origin", "https://evil.example"},
      {"Origin", "http://localhost:1"},
      {"Origin", "null"},
      {"Sec-Fetch-Site", "cross-site"},
      {"Sec-Fetch-Site", "same-site"}
    };
    for (String[] header : foreign) {
      for (String path : new String[] {"/api/v1/stream", SESSION}) {
        HttpResponse<String> refused =
            server.send(with(cookie, path).header(header[0], header[1]).GET());
        assertEquals(403, refused.statusCode(), header[1]);
        assertEquals("wrong-origin", code(refused));
      }
      HttpRequest.Builder post =
          with(cookie, "/api/v1/spaces")
              .header(header[0], header[1])
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}"));
      assertEquals(403, server.send(post).statusCode());
    }
    HttpRequest.Builder own =
        with(cookie, SESSION)
            .header("Origin", "http://localhost:" + server.port())
            .header("Sec-Fetch-Site", "same-origin");
    assertEquals(200, server.send(own.GET()).statusCode());
  }

  @Test
  void no_answer_invites_other_origins() throws IOException {
    HttpRequest.Builder preflight =
        HttpRequest.newBuilder(server.uri("/api/v1/spaces"))
            .header("Origin", "https://evil.example")
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
    HttpResponse<String> answer = server.send(preflight);
    assertTrue(
        answer.headers().map().keySet().stream()
            .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-")));
  }

  @Test
  void ending_a_session_ends_its_streams() throws IOException {
    String cookie = signIn();
    try (StreamClient stream = new StreamClient(server, with(cookie, "/api/v1/stream").GET())) {
      assertFalse(stream.next().event().equals("end"));
      server.send(with(cookie, SESSION).DELETE());
      assertNotNull(stream.next(message -> message.event().equals("end")));
    }
  }

  @Test
  void names_that_cannot_be_used_are_refused() throws IOException {
    String secret = Objects.requireNonNull(server.node().setupSecret());
    for (String name : new String[] {"", "  ", "a\\r\\nSet-Cookie: x", "system", "!!!"}) {
      HttpResponse<String> refused = server.post(null, SESSION, setup(secret, name));
      assertEquals(400, refused.statusCode(), name);
    }
    signIn();
  }
}

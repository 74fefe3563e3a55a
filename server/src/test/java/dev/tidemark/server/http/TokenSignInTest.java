package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.code;
import static dev.tidemark.server.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a second browser gets in: an API token becomes a session of its own. */
class TokenSignInTest {
  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_api_token_starts_a_session_of_its_account() throws IOException {
    String token = server.token("ada", false);
    HttpResponse<String> signedIn =
        server.post(null, "/api/v1/session", "{\"token\":\"" + token + "\"}");
    assertEquals(201, signedIn.statusCode());
    assertEquals("ada", json(signedIn).object("user").text("id"));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.startsWith("tidemark-session=") && cookie.contains("HttpOnly"), cookie);
  }

  @Test
  void a_token_that_opens_nothing_starts_no_session() throws IOException {
    HttpResponse<String> refused =
        server.post(null, "/api/v1/session", "{\"token\":\"tm_nothing\"}");
    assertEquals(401, refused.statusCode());
    assertEquals("not-signed-in", code(refused));
    assertTrue(refused.headers().firstValue("Set-Cookie").isEmpty());
  }
}

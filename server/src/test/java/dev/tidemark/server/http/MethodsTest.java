package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.code;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which methods an address takes. */
class MethodsTest {
  @TempDir Path data;
  private TestServer server;
  private String ada;

  @BeforeEach
  void start() {
    server = new TestServer(data);
    ada = server.token("ada", true);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(@Nullable String token, String method, String path)
      throws IOException {
    return server.send(server.as(token, path).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void head_tells_what_get_would_without_the_body() throws IOException {
    for (String path :
        List.of("/healthz", "/test-page.html", "/api/v1/spaces", "/no/such/file.js", "/api/v1/x")) {
      HttpResponse<String> get = server.get(ada, path);
      HttpResponse<String> head = send(ada, "HEAD", path);
      assertEquals(get.statusCode(), head.statusCode(), path);
      assertEquals(header(get, "Content-Type"), header(head, "Content-Type"), path);
      assertEquals(header(get, "ETag"), header(head, "ETag"), path);
      assertEquals("", head.body(), path);
    }
    assertEquals(401, send(null, "HEAD", "/api/v1/spaces").statusCode());
    assertEquals(403, send(server.token("bob", false), "HEAD", "/api/v1/jobs").statusCode());
  }

  @Test
  void a_stream_has_no_head() throws IOException {
    for (String path : List.of("/api/v1/stream", "/api/v1/jobs/stream", "/api/v1/jobs/x/stream")) {
      HttpResponse<String> head = send(ada, "HEAD", path);
      assertEquals(405, head.statusCode(), path);
      assertEquals(path.equals("/api/v1/stream") ? "GET, POST" : "GET", header(head, "Allow"));
    }
  }

  @Test
  void a_method_that_is_not_taken_is_told_those_that_are() throws IOException {
    for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "BREW")) {
      HttpResponse<String> refused = send(ada, method, "/api/v1/spaces");
      assertEquals(405, refused.statusCode(), method);
      assertEquals("invalid-request", code(refused));
      assertEquals("GET, HEAD, POST", header(refused, "Allow"));
    }
    assertEquals("GET, HEAD", header(send(ada, "POST", "/test-page.html"), "Allow"));
    for (String path : List.of("/api/v1/jobs/x/pause", "/api/v1/libs/x/index")) {
      HttpResponse<String> refused = server.get(ada, path);
      assertEquals(405, refused.statusCode(), path);
      assertEquals("POST", header(refused, "Allow"), path);
    }
  }

  @Test
  void an_address_that_names_nothing_is_not_found_whatever_the_method() throws IOException {
    for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS")) {
      HttpResponse<String> missing = send(ada, method, "/api/v1/nothing");
      assertEquals(404, missing.statusCode(), method);
      assertEquals("not-found", code(missing));
    }
  }
}

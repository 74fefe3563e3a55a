package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages and scripts, as the class path of the tests has them below {@code web/}. */
class StaticTest {
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

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void pages_and_scripts_carry_the_content_security_policy() throws IOException {
    for (String path : List.of("/test-page.html", "/engine/test-script.js")) {
      HttpResponse<String> response = server.get(null, path);
      assertEquals(200, response.statusCode(), path);
      String policy = header(response, "Content-Security-Policy");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
      assertTrue(policy.contains("require-trusted-types-for 'script'"), policy);
      assertTrue(policy.contains("trusted-types tidemark lit-html"), policy);
      assertTrue(policy.contains("frame-ancestors 'none'"), policy);
      assertEquals("nosniff", header(response, "X-Content-Type-Options"));
      assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
    }
  }

  @Test
  void scripts_of_the_engine_load_in_isolated_pages() throws IOException {
    HttpResponse<String> script = server.get(null, "/engine/test-script.js");
    assertEquals("require-corp", header(script, "Cross-Origin-Embedder-Policy"));
    assertEquals("text/javascript; charset=utf-8", header(script, "Content-Type"));
    HttpResponse<String> page = server.get(null, "/test-page.html");
    assertEquals("", header(page, "Cross-Origin-Embedder-Policy"));
    assertEquals("same-origin", header(page, "Cross-Origin-Opener-Policy"));
  }

  @Test
  void an_unchanged_file_is_not_sent_again() throws IOException {
    String etag = header(server.get(null, "/test-page.html"), "ETag");
    for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
      HttpResponse<String> again =
          server.send(
              HttpRequest.newBuilder(server.uri("/test-page.html")).header("If-None-Match", known));
      assertEquals(304, again.statusCode(), known);
      assertEquals("no-cache", header(again, "Cache-Control"));
      assertEquals("Accept-Encoding", header(again, "Vary"));
    }
    assertEquals(
        200,
        server
            .send(
                HttpRequest.newBuilder(server.uri("/test-page.html"))
                    .header("If-None-Match", "\"x\", y, "))
            .statusCode());
  }

  @Test
  void a_file_asked_for_with_its_build_may_be_kept_for_ever() throws IOException {
    String manifest = server.get(null, "/app-manifest.json").body();
    String build = manifest.replaceFirst(".*\"build\":\"([0-9a-f]+)\".*", "$1");
    assertTrue(manifest.contains("\"/engine/test-script.js\""), manifest);
    HttpResponse<String> named = server.get(null, "/engine/test-script.js?build=" + build);
    assertTrue(header(named, "Cache-Control").contains("immutable"));
    HttpResponse<String> other = server.get(null, "/engine/test-script.js?build=x");
    assertEquals("no-cache", header(other, "Cache-Control"));
  }

  @Test
  void files_are_sent_compressed_to_who_takes_it() throws IOException {
    HttpResponse<String> zipped =
        server.send(
            HttpRequest.newBuilder(server.uri("/engine/test-script.js"))
                .header("Accept-Encoding", "gzip"));
    assertEquals("gzip", header(zipped, "Content-Encoding"));
    for (String refusing : List.of("gzip;q=0", "br, gzip; q=0.0", "identity", ";", "")) {
      HttpResponse<String> plain =
          server.send(
              HttpRequest.newBuilder(server.uri("/engine/test-script.js"))
                  .header("Accept-Encoding", refusing));
      assertEquals("", header(plain, "Content-Encoding"), refusing);
    }
    assertEquals("", header(server.get(null, "/engine/test-script.js"), "Content-Encoding"));
  }

  @Test
  void pages_opened_on_the_loopback_address_move_to_localhost() throws IOException {
    URI page = URI.create("http://127.0.0.1:" + server.port() + "/test-page.html?a=b");
    HttpResponse<String> moved = server.send(HttpRequest.newBuilder(page));
    assertEquals(307, moved.statusCode());
    assertEquals(
        "http://localhost:" + server.port() + "/test-page.html?a=b", header(moved, "Location"));
    URI api = URI.create("http://127.0.0.1:" + server.port() + "/healthz");
    assertEquals(200, server.send(HttpRequest.newBuilder(api)).statusCode());
  }

  @Test
  void health_and_metrics_answer_without_signing_in() throws IOException {
    assertTrue(server.get(null, "/healthz").body().startsWith("{\"status\":\"ok\""));
    assertTrue(server.get(null, "/metrics").body().contains("tidemark_streams_open"));
  }
}

package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.RawConnection;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no browser sends. */
class HostileRequestTest {
  private static final String REST = " HTTP/1.1\r\nHost: localhost\r\n\r\n";

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

  private String status(String request) throws IOException {
    return RawConnection.exchange(server.port(), request).getFirst();
  }

  @Test
  void paths_that_climb_out_of_the_root_name_nothing() throws IOException {
    for (String path :
        List.of(
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/engine/..%2f..%2fetc/passwd",
            "//etc/passwd",
            "/..;/etc/passwd",
            "/META-INF/MANIFEST.MF",
            "/engine/")) {
      assertEquals("HTTP/1.1 404 Not Found", status("GET " + path + REST), path);
    }
  }

  @Test
  void headers_cannot_be_injected() throws IOException {
    for (String header :
        List.of("X: a\rInjected: b", "X: a\r\n folded", "X y: a", "X: a\u0000b", "X\u0001: a")) {
      assertEquals(
          "HTTP/1.1 400 Bad Request",
          status("GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"),
          header);
    }
    for (String path : List.of("/%0d%0aInjected:%20b", "/healthz?x=%0d%0aInjected:%20b")) {
      List<String> head = RawConnection.exchange(server.port(), "GET " + path + REST);
      assertTrue(
          head.stream().noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("injected")),
          head.toString());
    }
  }

  @Test
  void an_escape_that_is_none_is_refused_instead_of_left_out() throws IOException {
    String token = server.token("ada", true);
    for (String query : List.of("limit=%zz", "limit=%", "q=a&limit=%2", "%=1")) {
      assertEquals(
          "HTTP/1.1 400 Bad Request",
          status(
              "GET /api/v1/search?q=a&"
                  + query
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + token
                  + "\r\n\r\n"),
          query);
    }
  }

  @Test
  void a_request_of_two_lengths_is_refused() throws IOException {
    assertEquals(
        "HTTP/1.1 400 Bad Request",
        status(
            """
            POST /api/v1/session HTTP/1.1
            Host: localhost
            Content-Length: 5
            Transfer-Encoding: chunked

            0

            """
                .replace("\n", "\r\n")));
  }

  @Test
  void headers_over_the_limit_are_refused() throws IOException {
    // Nothing follows what is too much: a connection closed over unread bytes is reset, answer and
    // all.
    String request = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
    assertTrue(
        status(request + "x".repeat(JettyListener.HEADER_BYTES + 16 - request.length()))
            .startsWith("HTTP/1.1 431"));
  }

  @Test
  void headers_that_drip_in_are_cut_off() throws IOException, InterruptedException {
    try (RawConnection slow = new RawConnection(server.port())) {
      slow.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
      Thread dripping =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!Thread.interrupted()) {
                    slow.send("X: y\r\n");
                    Thread.sleep(500);
                  }
                } catch (IOException | InterruptedException e) {
                  Thread.currentThread().interrupt(); // cut off, as it should be
                }
              });
      try {
        assertNull(slow.line());
      } catch (SocketException reset) {
        assertFalse(reset.toString().isEmpty());
      } finally {
        dripping.interrupt();
        dripping.join();
      }
    }
    assertEquals(200, server.get(null, "/healthz").statusCode());
  }

  @Test
  void hostile_text_reaches_the_log_as_one_plain_line() {
    assertEquals("a\\u000d\\u000ab\\u001b[31m", OneLine.of("a\r\nb\u001b[31m"));
    assertEquals("\\u2028\\u0085\\u005c", OneLine.of("\u2028\u0085\\"));
    assertTrue(OneLine.of("x".repeat(1_000)).length() <= 200);
  }
}

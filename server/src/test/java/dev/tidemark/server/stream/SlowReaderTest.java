package dev.tidemark.server.stream;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.StreamClient;
import dev.tidemark.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that stops reading loses its stream, and nobody else anything. */
class SlowReaderTest {
  private static final int BODY_CHARACTERS = 60_000;
  private static final int EVENTS_PER_BATCH = 15;
  private static final int BATCHES = 40;

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

  @Test
  void an_overflow_ends_the_stream_with_the_cursor_to_resume_from() throws IOException {
    String token = server.token("ada", true);
    String space = server.space(token, "Test");
    server.append(token, space, channel("c1"));
    long head = 2 + (long) BATCHES * EVENTS_PER_BATCH;
    try (Socket stuck = new Socket(InetAddress.getLoopbackAddress(), server.port());
        StreamClient other = new StreamClient(server, token, "?cursor=" + space + ":2")) {
      stuck.setReceiveBufferSize(16_384);
      request(stuck, token, space);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(stuck.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (!line.startsWith("event: space")) {
        line = lines.readLine();
      }
      for (int batch = 0; batch < BATCHES; batch++) {
        assertEquals(200, appendLarge(token, space, batch));
      }
      assertEquals(
          LongStream.rangeClosed(3, head).boxed().toList(), other.positionsUntil(space, head));
      assertTrue(server.get(null, "/metrics").body().contains("streams_overflows_total 1.0"));
      while (!line.equals("event: overflow")) {
        line = lines.readLine();
      }
      assertTrue(lines.readLine().startsWith("data: {\"cursor\":\"" + space + ":"));
    }
  }

  private static void request(Socket socket, String token, String space) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET /api/v1/stream?cursor="
                    + space
                    + ":2 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + token
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private int appendLarge(String token, String space, int batch) throws IOException {
    String body = "x".repeat(BODY_CHARACTERS);
    String[] events = new String[EVENTS_PER_BATCH];
    for (int i = 0; i < events.length; i++) {
      events[i] = message("b" + batch + "-" + i, "c1", body);
    }
    return server.append(token, space, events).statusCode();
  }
}

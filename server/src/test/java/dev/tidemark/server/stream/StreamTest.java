package dev.tidemark.server.stream;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.event;
import static dev.tidemark.server.TestServer.joined;
import static dev.tidemark.server.TestServer.json;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.StreamClient;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {
  private static final String JSON = "application/json";

  /** A stream whose reader has gone counts until the next write to it: reconnects need room. */
  private static final int STREAMS_PER_USER = 100;

  @TempDir Path data;
  private TestServer server;
  private String ada;
  private String space;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(data, new StreamLimits(500, STREAMS_PER_USER));
    ada = server.token("ada", true);
    space = server.space(ada, "Test");
    server.append(ada, space, channel("c1"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<Long> from(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private String hash() throws IOException {
    return json(server.get(ada, "/api/v1/spaces")).objects("spaces").stream()
        .filter(listed -> listed.text("id").equals(space))
        .findFirst()
        .orElseThrow()
        .text("hash");
  }

  @Test
  void a_stream_without_cursor_brings_everything_and_then_what_comes() throws IOException {
    try (StreamClient stream = new StreamClient(server, ada, "")) {
      assertEquals(from(1, 2), stream.positionsUntil(space, 2));
      server.append(ada, space, message("m1", "c1", "live"));
      assertEquals(List.of(3L), stream.positionsUntil(space, 3));
      assertTrue(stream.lastId().contains(space + ":3:" + hash()), stream.lastId());
    }
  }

  @Test
  void a_stream_resumes_after_its_last_event_id_which_wins_over_the_query() throws IOException {
    String cursor;
    try (StreamClient stream = new StreamClient(server, ada, "?cursor=" + space + ":0")) {
      stream.positionsUntil(space, 2);
      server.append(ada, space, message("m1", "c1", "x"));
      stream.positionsUntil(space, 3);
      cursor = stream.lastId();
    }
    server.append(ada, space, message("m2", "c1", "y"));
    HttpRequest.Builder resumed =
        server
            .as(ada, "/api/v1/stream?cursor=" + space + ":1")
            .header("Last-Event-ID", cursor)
            .GET();
    try (StreamClient stream = new StreamClient(server, resumed)) {
      assertEquals(List.of(4L), stream.positionsUntil(space, 4));
    }
  }

  @Test
  void a_long_cursor_goes_by_post() throws IOException {
    HttpRequest.Builder request =
        server
            .as(ada, "/api/v1/stream")
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString("{\"cursor\":\"" + space + ":1\"}"));
    try (StreamClient stream = new StreamClient(server, request)) {
      assertEquals(List.of(2L), stream.positionsUntil(space, 2));
    }
  }

  @Test
  void readers_that_come_and_go_while_others_write_see_every_event_once() throws Exception {
    int writers = 4;
    int each = 60;
    long head = 2 + (long) writers * each;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String prefix = "w" + w + "-";
        writing.add(threads.submit(() -> write(prefix, each)));
      }
      List<Future<List<Long>>> reading = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        reading.add(threads.submit(() -> readWithReconnects(head)));
      }
      for (Future<?> writer : writing) {
        writer.get();
      }
      for (Future<List<Long>> reader : reading) {
        assertEquals(from(1, head), reader.get());
      }
    }
  }

  private void write(String prefix, int count) {
    try {
      for (int i = 0; i < count; i++) {
        server.append(ada, space, message(prefix + i, "c1", "text"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reconnects with the last id after every few messages. */
  private List<Long> readWithReconnects(long head) throws IOException {
    List<Long> positions = new ArrayList<>();
    String cursor = space + ":0";
    while (positions.isEmpty() || positions.getLast() < head) {
      try (StreamClient stream = new StreamClient(server, ada, "?cursor=" + cursor)) {
        for (int i = 0; i < 5 && (positions.isEmpty() || positions.getLast() < head); i++) {
          StreamClient.Message message = stream.next(m -> m.event().equals("events"));
          if (message.json().text("space").equals(space)) {
            positions.addAll(message.positions());
          }
          cursor = message.id();
        }
      }
    }
    return positions;
  }

  @Test
  void losing_the_membership_ends_the_space_on_running_streams() throws IOException {
    String bob = server.token("bob", false);
    server.append(ada, space, joined("bob", "member"));
    try (StreamClient stream = new StreamClient(server, bob, "?cursor=" + space + ":0")) {
      stream.positionsUntil(space, 3);
      server.append(ada, space, event("left", "member.left", "{\"userId\":\"bob\"}"));
      server.append(ada, space, message("m9", "c1", "not for bob"));
      StreamClient.Message revoked = stream.next(m -> m.event().equals("revoked"));
      assertEquals(space, revoked.json().text("space"));
      String other = server.space(ada, "Other");
      server.append(ada, other, joined("bob", "reader"));
      StreamClient.Message next = stream.next();
      assertEquals("space", next.event(), next.data());
      assertEquals(other, next.json().text("id"));
    }
    HttpResponse<String> refused = server.get(bob, "/api/v1/stream?cursor=" + space + ":3");
    assertEquals(404, refused.statusCode());
  }

  @Test
  void winning_a_membership_brings_the_space_from_its_beginning() throws IOException {
    String bob = server.token("bob", false);
    try (StreamClient stream = new StreamClient(server, bob, "")) {
      stream.next(m -> m.event().equals("events")); // his personal space
      server.append(ada, space, joined("bob", "reader"));
      StreamClient.Message told = stream.next();
      assertEquals("space", told.event());
      assertEquals(space, told.json().text("id"));
      assertEquals("reader", told.json().text("role"));
      assertFalse(told.json().bool("personal"));
      assertEquals(from(1, 3), stream.positionsUntil(space, 3));
      server.append(ada, space, message("m1", "c1", "hello bob"));
      assertEquals(List.of(4L), stream.positionsUntil(space, 4));
    }
  }

  @Test
  void a_foreign_space_refuses_the_whole_stream_like_an_absent_one() throws IOException {
    String bob = server.token("bob", false);
    HttpResponse<String> foreign = server.get(bob, "/api/v1/stream?cursor=" + space + ":0");
    HttpResponse<String> absent = server.get(bob, "/api/v1/stream?cursor=nowhere:0");
    assertEquals(404, foreign.statusCode());
    assertEquals(404, absent.statusCode());
    assertEquals(foreign.body().replace(space, "nowhere"), absent.body());
  }

  @Test
  void a_cursor_of_another_history_is_refused() throws IOException {
    for (String cursor : List.of(space + ":3", space + ":2:0123456789abcdef")) {
      HttpResponse<String> refused = server.get(ada, "/api/v1/stream?cursor=" + cursor);
      assertEquals(409, refused.statusCode(), cursor);
      assertEquals("history-changed", TestServer.code(refused));
    }
    try (StreamClient stream = new StreamClient(server, ada, "?cursor=" + space + ":2:" + hash())) {
      server.append(ada, space, message("m1", "c1", "x"));
      assertEquals(List.of(3L), stream.positionsUntil(space, 3));
    }
  }

  @Test
  void a_malformed_cursor_is_refused() throws IOException {
    for (String cursor :
        List.of("-1", "1.5", "x", "1e3", "99999999999999999999", "9007199254740992", "")) {
      HttpResponse<String> refused =
          server.get(ada, "/api/v1/stream?cursor=" + space + ":" + cursor);
      assertEquals(400, refused.statusCode(), cursor);
      assertEquals("invalid-cursor", TestServer.code(refused));
    }
  }

  @Test
  void too_many_streams_of_one_user_are_refused_with_advice() throws IOException {
    List<StreamClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS_PER_USER; i++) {
        open.add(new StreamClient(server, ada, ""));
      }
      HttpResponse<String> refused = server.get(ada, "/api/v1/stream");
      assertEquals(429, refused.statusCode());
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    } finally {
      open.forEach(StreamClient::close);
    }
  }

  @Test
  void stopping_the_server_ends_its_streams_and_takes_less_than_five_seconds() throws IOException {
    try (StreamClient stream = new StreamClient(server, ada, "")) {
      stream.positionsUntil(space, 2);
      long start = System.nanoTime();
      server.node().close();
      assertEquals("end", stream.next(m -> m.event().equals("end")).event());
      assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }
    server = new TestServer(data);
  }
}

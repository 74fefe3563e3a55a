package dev.tidemark.client.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.tidemark.client.chromium.Chromium;
import dev.tidemark.client.chromium.Chromium.Line;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The adapter in a real browser against a real, if small, server that fails in several ways. */
@Tag("browser")
class SyncInChromiumTest {
  static final int OWN_EVENTS = 30;
  static final int FOREIGN_EVENTS = 5_000;
  static final int ALL_EVENTS = OWN_EVENTS - 1 + FOREIGN_EVENTS;

  private static final String SPACE =
      "event: space\ndata: {\"id\":\"s1\",\"name\":\"Räume\",\"role\":\"member\",\"head\":1,"
          + "\"hash\":\"\",\"personal\":false}\n\n";

  private final ModelServer server = new ModelServer();
  private int streams;
  private int posts;

  @TestFactory
  List<DynamicTest> facts_about_sync_in_a_browser() throws Exception {
    server.addSpace("s1");
    List<String> foreign = new ArrayList<>();
    for (int i = 0; i < FOREIGN_EVENTS; i++) {
      foreign.add("other" + i);
    }
    server.append("s1", foreign, "other");
    List<Line> lines;
    try (Chromium chromium = Chromium.start("sync", Map.of("sync-facts.js", SyncFactsMain.class))) {
      chromium.handle("/api/v1/stream", this::stream);
      chromium.handle("/api/v1/spaces/s1/events", this::append);
      lines = chromium.run("sync-facts.js", Duration.ofSeconds(60));
    }
    lines.stream().filter(line -> line.outcome().equals("value")).forEach(System.out::println);
    List<Line> facts = lines.stream().filter(line -> !line.outcome().equals("value")).toList();
    assertTrue(facts.size() >= 8, "facts reported: " + lines);
    assertTrue(streams >= 2, "streams: " + streams + ", " + lines);
    return facts.stream()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name(), () -> assertEquals("ok", line.outcome(), line.detail())))
        .toList();
  }

  /** The first answer breaks off in the middle of a frame. */
  private void stream(HttpExchange exchange) throws IOException {
    int number;
    synchronized (server) {
      number = ++streams;
    }
    String query = exchange.getRequestURI().getQuery();
    Map<String, Long> sent = new LinkedHashMap<>();
    Cursor.parse(query == null ? "" : query.substring("cursor=".length()))
        .marks()
        .forEach((space, mark) -> sent.put(space, mark.position()));
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, (": hello\n\n" + SPACE).getBytes(StandardCharsets.UTF_8));
      for (int page = 0; ; page++) {
        String text;
        synchronized (server) {
          text = server.page(sent);
        }
        byte[] bytes =
            text.isEmpty() ? new byte[] {':', '\n'} : text.getBytes(StandardCharsets.UTF_8);
        if (number == 1 && page == 3) {
          out.write(bytes, 0, bytes.length / 2);
          return;
        }
        write(out, bytes);
        if (text.isEmpty()) {
          Thread.sleep(20);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    // In two pieces, so that frames are cut on the way too.
    out.write(bytes, 0, bytes.length / 3);
    out.flush();
    out.write(bytes, bytes.length / 3, bytes.length - bytes.length / 3);
    out.flush();
  }

  /** The first batch is taken and never answered, the second is told to wait. */
  private void append(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonObject body = JacksonJson.parse(exchange.getRequestBody().readAllBytes());
      List<String> ids = body.objects("events").stream().map(one -> one.text("id")).toList();
      int number;
      ModelServer.Answer answer;
      synchronized (server) {
        number = ++posts;
        // The refused event would hide the lost reply: the first batch is taken without it.
        List<String> taken = number == 1 ? ids.subList(0, 5) : ids;
        answer =
            number == 2
                ? new ModelServer.Answer(503, List.of(), null)
                : server.append("s1", taken, "me");
      }
      if (number == 1) {
        return;
      }
      Problem problem = answer.problem();
      StringBuilder text = new StringBuilder();
      if (number == 2) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        text.append("{\"code\":\"unavailable\",\"detail\":\"Busy.\"}");
      } else if (problem != null) {
        text.append("{\"code\":\"")
            .append(problem.code())
            .append("\",\"detail\":\"No.\",\"index\":");
        text.append(problem.index()).append(",\"eventId\":\"").append(problem.eventId());
        text.append("\"}");
      } else {
        text.append("{\"results\":[");
        for (Placed one : answer.results()) {
          text.append(text.charAt(text.length() - 1) == '[' ? "" : ",").append("{\"id\":\"");
          text.append(one.id()).append("\",\"position\":").append(one.position());
          text.append(",\"duplicate\":").append(one.duplicate()).append('}');
        }
        text.append("]}");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}

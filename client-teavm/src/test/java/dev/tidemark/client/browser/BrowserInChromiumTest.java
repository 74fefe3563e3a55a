package dev.tidemark.client.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.tidemark.client.chromium.Chromium;
import dev.tidemark.client.chromium.Chromium.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("browser")
class BrowserInChromiumTest {
  private static final CountDownLatch ARRIVED = new CountDownLatch(1);
  private static final CountDownLatch END = new CountDownLatch(1);
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    chromium =
        Chromium.start(
            "browser",
            Map.of(
                "browser-facts.js", BrowserFactsMain.class,
                "echo-worker.js", EchoWorkerMain.class,
                "echo-hub.js", EchoHubMain.class));
    chromium.handle("/reply", BrowserInChromiumTest::echo);
    chromium.handle("/chunks", BrowserInChromiumTest::chunks);
    chromium.handle("/arrived", BrowserInChromiumTest::arrived);
    chromium.handle("/silent", BrowserInChromiumTest::silent);
  }

  @AfterAll
  static void stop() throws Exception {
    END.countDown();
    chromium.close();
  }

  @TestFactory
  List<DynamicTest> facts_about_the_wrappers() throws Exception {
    List<Line> lines = chromium.open("/page.html?page=/browser-facts.js", Duration.ofSeconds(30));
    assertTrue(lines.size() >= 15, "facts reported: " + lines);
    return lines.stream()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name(), () -> assertEquals("ok", line.outcome(), line.detail())))
        .toList();
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("X-Echo", exchange.getRequestHeaders().getFirst("X-Test"));
      exchange.sendResponseHeaders(201, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /**
   * A wave and an accented letter, cut inside the wave; the rest waits for the first letter's
   * arrival.
   */
  private static void chunks(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] text = "\uD83C\uDF0A\u00e9".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, 0);
      var out = exchange.getResponseBody();
      out.write(Arrays.copyOfRange(text, 0, 2));
      out.flush();
      out.write(Arrays.copyOfRange(text, 2, 4));
      out.flush();
      waitFor(ARRIVED);
      out.write(Arrays.copyOfRange(text, 4, text.length));
    }
  }

  private static void arrived(HttpExchange exchange) throws IOException {
    try (exchange) {
      ARRIVED.countDown();
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static void silent(HttpExchange exchange) {
    try (exchange) {
      waitFor(END);
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

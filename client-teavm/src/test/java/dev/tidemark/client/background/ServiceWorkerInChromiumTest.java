package dev.tidemark.client.background;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.client.chromium.Chromium;
import dev.tidemark.client.chromium.Chromium.Line;
import dev.tidemark.client.entry.ServiceWorkerEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("browser")
class ServiceWorkerInChromiumTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start("background", Map.of("service-worker.js", ServiceWorkerEntry.class));
  }

  @AfterEach
  void stop() throws Exception {
    chromium.close();
  }

  @Test
  void the_app_opens_without_the_server_and_a_new_build_replaces_it_whole() throws Exception {
    publish("a", "/", "/app.js");
    assertEquals("ready", opened("/").outcome());
    chromium.answering(false);
    assertEquals(new Line("loaded", "a", "api failed"), opened("/"));
    assertEquals(new Line("loaded", "a", "api failed"), opened("/setup"));

    chromium.answering(true);
    publish("broken", "/", "/app.js", "/missing.js");
    assertEquals(new Line("loaded", "a", "api answered"), opened("/"));
    assertEquals("install failed", opened("/?update").detail());
    assertEquals("a", opened("/").name());

    publish("b", "/", "/app.js");
    assertEquals("installed", opened("/?update").detail());
    assertEquals("a", opened("/").name());
    chromium.await(
        () -> {
          chromium.leave();
          return opened("/").name().equals("b");
        },
        PATIENCE);
    chromium.answering(false);
    assertEquals(new Line("loaded", "b", "api failed"), opened("/"));
    assertEquals("tidemark-shell-b", opened("/?caches").detail());
  }

  @Test
  void a_page_can_ask_a_waiting_build_to_take_over() throws Exception {
    publish("a", "/", "/app.js");
    assertEquals("ready", opened("/").outcome());
    publish("b", "/", "/app.js");
    assertEquals("installed", opened("/?update").detail());
    assertEquals("taken over", opened("/?take-over").detail());
    assertEquals("b", opened("/").name());
  }

  private Line opened(String path) throws InterruptedException {
    return chromium.open(path, PATIENCE).getFirst();
  }

  private void publish(String build, String... files) {
    chromium.serve(
        "/", "<!doctype html><meta charset=utf-8><script type=module src=/app.js></script>");
    chromium.serve("/app.js", "const build='" + build + "';" + chromium.resource("shell-app.mjs"));
    chromium.serve(
        "/app-manifest.json",
        "{\"build\":\""
            + build
            + "\",\"files\":[\""
            + String.join("\",\"", List.of(files))
            + "\"]}");
    chromium.serve("/api/v1/session", "{}");
    chromium.prefix("/service-worker.js", "self.TIDEMARK_BUILD=\"" + build + "\";\n");
  }
}

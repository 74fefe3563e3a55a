package dev.tidemark.e2e.harness;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Holds real requests of one tab back in its browser until the test lets them go. One at a time in
 * a browser.
 */
public final class HeldRequests implements AutoCloseable {
  private final Tab tab;
  private final Queue<String> held = new ConcurrentLinkedQueue<>();

  /**
   * Holds what goes to addresses of a pattern, in which {@code *} stands for anything and {@code ?}
   * for any one character.
   */
  public HeldRequests(Browser browser, Tab tab, String pattern) {
    this.tab = tab;
    browser
        .devTools()
        .listen(event -> {
          if (event.method().equals("Fetch.requestPaused")) {
            held.add(event.params().path("requestId").asText());
          }
        });
    tab.command("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", pattern))));
  }

  /** Waits until a request is being held. */
  public void waitForOne() {
    Waiting.until("a request to be held", () -> !held.isEmpty());
  }

  /** Lets go what is held and holds nothing any more. */
  @Override
  public void close() {
    tab.command("Fetch.disable", Map.of());
    held.clear();
  }
}

package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one tab asks the server. One at a time in a browser. */
public final class SentRequests implements AutoCloseable {
  private final Tab tab;
  private final List<String> sent = new CopyOnWriteArrayList<>();

  public SentRequests(Browser browser, Tab tab) {
    this.tab = tab;
    browser
        .devTools()
        .listen(event -> {
          if (event.method().equals("Network.requestWillBeSent")) {
            JsonNode request = event.params().path("request");
            sent.add(request.path("method").asText() + " " + request.path("url").asText());
          }
        });
    tab.command("Network.enable", Map.of());
  }

  /** Requests of a method whose address contains a piece of text, in their order. */
  public List<String> of(String method, String piece) {
    return sent.stream()
        .filter(request -> request.startsWith(method + " ") && request.contains(piece))
        .toList();
  }

  public void forget() {
    sent.clear();
  }

  @Override
  public void close() {
    tab.command("Network.disable", Map.of());
  }
}

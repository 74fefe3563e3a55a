package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The HTTP interface as a program with an API token uses it. */
public final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String origin;
  private final String token;
  private final AtomicLong made = new AtomicLong();

  /** An answer: the status and the body, an empty object where there is none. */
  public record Answer(int status, JsonNode body) {}

  public Api(String origin, String token) {
    this.origin = origin;
    this.token = token;
  }

  /** Makes a space and returns its id. */
  public String createSpace(String name) {
    return expect(201, post("/api/v1/spaces", Map.of("name", name))).path("id").asText();
  }

  /** Appends one event and returns its position. */
  public long append(String space, String type, Map<String, ?> payload) {
    JsonNode results = expect(200, append(space, List.of(event(type, payload)))).path("results");
    return results.path(0).path("position").asLong();
  }

  /** Appends a batch as it is. */
  public Answer append(String space, List<Map<String, ?>> events) {
    return post("/api/v1/spaces/" + space + "/events", Map.of("events", events));
  }

  /** An event with an id of its own, written now. */
  public Map<String, ?> event(String type, Map<String, ?> payload) {
    String id = "test-" + Long.toString(System.nanoTime(), 36) + "-" + made.incrementAndGet();
    return Map.of(
        "id",
        id,
        "type",
        type,
        "basis",
        0,
        "clientTime",
        System.currentTimeMillis(),
        "payload",
        payload);
  }

  /** Events of a space after a position. */
  public JsonNode events(String space, long after, int limit) {
    return expect(
            200, get("/api/v1/spaces/" + space + "/events?after=" + after + "&limit=" + limit))
        .path("events");
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, Map<String, ?> body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      String body = response.body();
      return new Answer(response.statusCode(), Json.parse(body.isBlank() ? "{}" : body));
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + request.uri(), e);
    }
  }

  private static JsonNode expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError("expected status " + status + ", got " + answer);
    }
    return answer.body();
  }
}

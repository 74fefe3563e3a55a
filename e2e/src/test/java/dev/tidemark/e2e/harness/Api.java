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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The HTTP interface as a program uses it, with an API token or a session. */
public final class Api implements AutoCloseable {
  /** Name of the session's cookie over plain HTTP. */
  public static final String SESSION_COOKIE = "tidemark-session";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String origin;
  private final String header;
  private final String credential;
  private final AtomicLong made = new AtomicLong();

  /** An answer: the status and the body, an empty object where there is none. */
  public record Answer(int status, JsonNode body) {}

  public Api(String origin, String token) {
    this(origin, "Authorization", "Bearer " + token);
  }

  private Api(String origin, String header, String credential) {
    this.origin = origin;
    this.header = header;
    this.credential = credential;
  }

  /** With a session as browsers hold it. */
  public static Api ofSession(String origin, String secret) {
    return new Api(origin, "Cookie", SESSION_COOKIE + "=" + secret);
  }

  /** Signs in and returns the session's secret; empty when the server refuses. */
  public static Optional<String> signIn(String origin, Map<String, ?> body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/api/v1/session"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(request, HttpResponse.BodyHandlers.ofString())
          .headers()
          .firstValue("Set-Cookie")
          .map(cookie -> cookie.substring((SESSION_COOKIE + "=").length(), cookie.indexOf(';')));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sign in at " + origin, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while signing in", e);
    }
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

  public Answer delete(String path) {
    return send(request(path).DELETE());
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
        .header(header, credential);
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

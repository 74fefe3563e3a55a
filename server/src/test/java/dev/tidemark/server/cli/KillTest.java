package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under load: whatever was acknowledged is there, at its place, and the log is sound. As
 * many cycles as fit into a quarter of a minute, on one data folder. {@code -Dtidemark.kills=1000}
 * runs as many as it says; that takes longer than tests may, so {@code -Dtidemark.test.minutes=90
 * -Dtidemark.tests.seconds=5400} belong to it.
 */
class KillTest {
  private static final int LEAST_KILLS = 3;
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final int KILLS = Integer.getInteger("tidemark.kills", 0);
  private static final int WRITERS = 4;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 60;

  @TempDir Path data;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  @Test
  void nothing_acknowledged_is_lost_when_the_server_is_killed() throws Exception {
    String token =
        ServerProcess.run("token", "--data", data.toString(), "--user", "ada", "--admin").output();
    String space = "";
    long end = System.nanoTime() + TIME.toNanos();
    int kills = 0;
    for (; goesOn(kills, end); kills++) {
      try (ServerProcess server = ServerProcess.serve(data)) {
        int port = server.readyPort();
        if (kills == 0) {
          space =
              JacksonJson.parse(post(port, token, "/api/v1/spaces", "{\"name\":\"Kill\"}").body())
                  .text("id");
          append(port, token, space, TestServer.channel("c1"));
        }
        writeUntilKilled(server, port, token, space, "k" + kills + "-");
      }
    }
    ServerProcess.Outcome check = ServerProcess.run("check", "--data", data.toString());
    assertEquals(0, check.status(), check.output());
    assertTrue(acknowledged.size() >= kills * ACKNOWLEDGED_BEFORE_KILL);
    System.out.println(kills + " kills, " + acknowledged.size() + " events acknowledged");
    try (ServerProcess server = ServerProcess.serve(data)) {
      Map<String, Long> stored = stored(server.readyPort(), token, space);
      acknowledged.forEach((id, position) -> assertEquals(position, stored.get(id), id));
    }
  }

  private static boolean goesOn(int kills, long endNanos) {
    return KILLS > 0 ? kills < KILLS : kills < LEAST_KILLS || System.nanoTime() < endNanos;
  }

  private void writeUntilKilled(
      ServerProcess server, int port, String token, String space, String prefix)
      throws InterruptedException {
    Semaphore answers = new Semaphore(0);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int w = 0; w < WRITERS; w++) {
        String own = prefix + w + "-";
        writers.execute(() -> {
          try {
            for (int i = 0; ; i++) {
              String event = TestServer.message(own + i, "c1", "text");
              String later = TestServer.message(own + i + "b", "c1", "text");
              HttpResponse<String> answer = append(port, token, space, event + "," + later);
              for (JsonObject place : JacksonJson.parse(answer.body()).objects("results")) {
                acknowledged.put(place.text("id"), place.integer("position"));
              }
              answers.release();
            }
          } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is dead
          }
        });
      }
      try {
        answers.acquire(ACKNOWLEDGED_BEFORE_KILL);
      } finally {
        server.kill(); // which also ends the writers
      }
    }
  }

  private HttpResponse<String> append(int port, String token, String space, String events)
      throws IOException, InterruptedException {
    return post(
        port, token, "/api/v1/spaces/" + space + "/events", "{\"events\":[" + events + "]}");
  }

  private HttpResponse<String> post(int port, String token, String path, String json)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private Map<String, Long> stored(int port, String token, String space)
      throws IOException, InterruptedException {
    Map<String, Long> stored = new HashMap<>();
    long head = 1;
    while (stored.size() < head) {
      URI uri =
          URI.create(
              "http://localhost:"
                  + port
                  + "/api/v1/spaces/"
                  + space
                  + "/events?limit=1000&after="
                  + stored.size());
      HttpResponse<String> page =
          client.send(
              HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofString());
      JsonObject json = JacksonJson.parse(page.body());
      head = json.integer("head");
      for (JsonObject event : json.objects("events")) {
        stored.put(event.text("id"), event.integer("position"));
      }
    }
    return stored;
  }
}

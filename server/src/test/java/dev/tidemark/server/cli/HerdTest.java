package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five thousand streams that all come back at the moment a killed server is there again, without
 * the jitter that browsers add.
 */
class HerdTest {
  private static final int STREAMS = 5_000;
  private static final int PATIENCE_SECONDS = 120;
  private static final String POSITION = "\"position\":";

  @TempDir Path data;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch serverIsUp = new CountDownLatch(0);
  private volatile boolean over;

  @Test
  void five_thousand_streams_resume_without_gap_after_the_server_was_killed() throws Exception {
    String token =
        ServerProcess.run("token", "--data", data.toString(), "--user", "ada", "--admin").output();
    CountDownLatch before = new CountDownLatch(STREAMS);
    CountDownLatch after = new CountDownLatch(STREAMS);
    try (ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        int port;
        String space;
        try (ServerProcess first = serve(0)) {
          port = first.readyPort();
          HttpResponse<String> made = post(port, token, "/api/v1/spaces", "{\"name\":\"Herd\"}");
          space = JacksonJson.parse(made.body()).text("id");
          String of = space;
          for (int i = 0; i < STREAMS; i++) {
            streams.execute(() -> follow(port, token, of, before, after));
          }
          append(port, token, space, TestServer.channel("c1"));
          await(before, "saw the first event");
          serverIsUp = new CountDownLatch(1);
          first.kill();
        }
        try (ServerProcess second = serve(port)) {
          assertEquals(port, second.readyPort());
          serverIsUp.countDown();
          append(port, token, space, TestServer.message("m1", "c1", "after the kill"));
          await(after, "saw the event after the kill");
          assertEquals(200, get(port, token, "/api/v1/spaces").statusCode());
        }
      } finally {
        over = true;
        serverIsUp.countDown();
      }
    }
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  private ServerProcess serve(int port) throws IOException {
    return new ServerProcess(
        "serve",
        "--port",
        String.valueOf(port),
        "--data",
        data.toString(),
        "--max-streams-per-user",
        String.valueOf(STREAMS));
  }

  private void await(CountDownLatch latch, String what) throws InterruptedException {
    assertTrue(
        latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
        () -> (STREAMS - latch.getCount()) + " of " + STREAMS + " streams " + what);
  }

  /** Reads positions 2 and 3, each once, opening the stream again at its cursor when it breaks. */
  private void follow(
      int port, String token, String space, CountDownLatch before, CountDownLatch after) {
    int seen = 1;
    while (!over && faults.isEmpty() && seen < 3) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String request =
            "GET /api/v1/stream?cursor=%s:%d HTTP/1.1\r\nHost: localhost\r\n".formatted(space, seen)
                + "Authorization: Bearer %s\r\n\r\n".formatted(token);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("data: {\"space\":\"" + space + "\"")) {
            continue; // the personal space's, or no data
          }
          for (int at = line.indexOf(POSITION); at >= 0; at = line.indexOf(POSITION, at + 1)) {
            int position = line.charAt(at + POSITION.length()) - '0';
            if (position != seen + 1) {
              faults.add("have " + seen + ", given " + position);
            }
            seen = position;
            (seen == 2 ? before : after).countDown();
          }
        }
      } catch (IOException e) {
        awaitServer();
      }
    }
  }

  private void awaitServer() {
    try {
      serverIsUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over = true;
    }
  }

  private void append(int port, String token, String space, String event)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(port, token, "/api/v1/spaces/" + space + "/events", "{\"events\":[" + event + "]}");
    JsonObject placed = JacksonJson.parse(answer.body());
    assertEquals(1, placed.objects("results").size(), answer.body());
  }

  private HttpResponse<String> post(int port, String token, String path, String json)
      throws IOException, InterruptedException {
    return send(
        request(port, token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> get(int port, String token, String path)
      throws IOException, InterruptedException {
    return send(request(port, token, path).GET());
  }

  private static HttpRequest.Builder request(int port, String token, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

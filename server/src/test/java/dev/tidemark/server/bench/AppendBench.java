package dev.tidemark.server.bench;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.node.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Durable appends: through the log itself, and over HTTP. */
final class AppendBench {
  private static final int ROUNDS = 5;
  private static final int PRODUCERS = 16;
  private static final int APPENDS_EACH = 3_000;
  private static final int CLIENTS = 8;
  private static final int BATCH = 100;
  private static final int BATCHES_EACH = 60;

  private AppendBench() {}

  /** One thread of a round; the latency of each of its steps is sampled. */
  private interface Step {
    void run(int thread, int step) throws IOException, InterruptedException;
  }

  static Row inProcess(Node node) {
    Workspace workspace = new Workspace(node);
    Samples samples = new Samples();
    List<Double> rates = new ArrayList<>();
    double cpu = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      cpu = round == 1 ? Cpu.micros() : cpu;
      double rate =
          round(
              PRODUCERS,
              APPENDS_EACH,
              1,
              round == 0 ? new Samples() : samples,
              (thread, step) -> workspace.append(node, workspace.message()));
      if (round > 0) {
        rates.add(rate);
      }
    }
    return new Row(
        "append in process, 16 producers, 1 event each",
        rates,
        (Cpu.micros() - cpu) / (ROUNDS * PRODUCERS * APPENDS_EACH),
        samples.percentileMillis(0.5),
        samples.percentileMillis(0.99),
        ">= 8,000/s");
  }

  static Row overHttp(Node node) {
    Workspace workspace = new Workspace(node);
    URI uri =
        URI.create(
            "http://localhost:" + node.port() + "/api/v1/spaces/" + workspace.space + "/events");
    Samples samples = new Samples();
    List<Double> rates = new ArrayList<>();
    double cpu = 0;
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int round = 0; round <= ROUNDS; round++) {
        List<List<byte[]>> bodies = bodies(workspace);
        double before = Cpu.micros();
        double rate =
            round(
                CLIENTS,
                BATCHES_EACH,
                BATCH,
                round == 0 ? new Samples() : samples,
                (thread, step) -> post(client, uri, workspace, bodies.get(thread).get(step)));
        if (round > 0) {
          rates.add(rate);
          cpu += Cpu.micros() - before;
        }
      }
    }
    return new Row(
        "append over HTTP, 8 clients, batches of 100",
        rates,
        cpu / (ROUNDS * CLIENTS * BATCHES_EACH * BATCH),
        samples.percentileMillis(0.5),
        samples.percentileMillis(0.99),
        ">= 20,000/s");
  }

  /** What the clients will send, made before the clock runs. */
  private static List<List<byte[]>> bodies(Workspace workspace) {
    List<List<byte[]>> bodies = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      List<byte[]> own = new ArrayList<>();
      for (int step = 0; step < BATCHES_EACH; step++) {
        own.add(body(workspace));
      }
      bodies.add(own);
    }
    return bodies;
  }

  private static byte[] body(Workspace workspace) {
    JsonText json = new JsonText(new StringBuilder(BATCH * 256));
    json.beginObject().name("events").beginArray();
    for (int i = 0; i < BATCH; i++) {
      EventCodec.writeNew(workspace.message(), json);
    }
    return json.endArray().endObject().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void post(HttpClient client, URI uri, Workspace workspace, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + workspace.token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.body());
    }
  }

  /** Events per second of all threads together. */
  private static double round(int threads, int steps, int eventsEach, Samples samples, Step step) {
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> started = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      started.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  ready.countDown();
                  go.await();
                  for (int i = 0; i < steps; i++) {
                    long start = System.nanoTime();
                    step.run(thread, i);
                    samples.add(System.nanoTime() - start);
                  }
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    try {
      ready.await();
      long start = System.nanoTime();
      go.countDown();
      for (Thread thread : started) {
        thread.join();
      }
      return (double) threads * steps * eventsEach * 1e9 / (System.nanoTime() - start);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.StreamClient;
import dev.tidemark.server.TestServer;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobQueue;
import dev.tidemark.server.storage.IndexSettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over HTTP, on a server without workers: they change only as these tests wish. */
@Timeout(60)
class JobRoutesTest {
  @TempDir Path data;
  private TestServer server;
  private JobQueue jobs;
  private String ada;
  private String bob;

  @BeforeEach
  void start() {
    server = new TestServer(data, new IndexSettings(0, List.of()));
    jobs = server.node().storage().jobs();
    ada = server.token("ada", true);
    bob = server.token("bob", false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonObject get(String path) throws IOException {
    HttpResponse<String> answer = server.get(ada, "/api/v1" + path);
    assertEquals(200, answer.statusCode(), answer.body());
    return TestServer.json(answer);
  }

  private HttpResponse<String> post(String token, String path) throws IOException {
    return server.send(
        server.as(token, "/api/v1" + path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(code, TestServer.code(answer));
  }

  private StreamClient stream(String path) throws IOException {
    return new StreamClient(server, server.as(ada, "/api/v1" + path).GET());
  }

  @Test
  void only_administrators_see_jobs_and_workers() throws IOException {
    Job job = jobs.enqueue("react", "v1");
    List<String> paths =
        List.of("/jobs", "/jobs/stream", "/jobs/" + job.id(), "/jobs/" + job.id() + "/stream");
    for (String path : paths) {
      assertRefused(server.get(bob, "/api/v1" + path), 403, "forbidden");
      assertRefused(server.get(null, "/api/v1" + path), 401, "not-signed-in");
    }
    assertRefused(server.get(bob, "/api/v1/workers"), 403, "forbidden");
    for (String wish : List.of("pause", "resume", "cancel")) {
      assertRefused(post(bob, "/jobs/" + job.id() + "/" + wish), 403, "forbidden");
      assertRefused(post(bob, "/jobs/nothing/" + wish), 403, "forbidden");
    }
  }

  @Test
  void pages_are_bounded_and_filters_are_checked() throws IOException {
    jobs.enqueueAll("facebook-react", IntStream.range(0, 7).mapToObj(i -> "v" + i).toList());
    Job other = jobs.enqueue("vuejs-core", "v9");
    jobs.pause(other.id());
    JsonObject page = get("/jobs?repositoryId=face&status=queued,running&page=2&pageSize=3");
    assertEquals(7, page.integer("total"));
    assertEquals(2, page.integer("page"));
    assertEquals(3, page.integer("pageSize"));
    assertEquals(
        List.of("v3", "v2", "v1"),
        page.objects("jobs").stream().map(job -> job.text("version")).toList());
    JsonObject shown = get("/jobs?status=paused").objects("jobs").getFirst();
    assertEquals("vuejs-core", shown.text("repositoryId"));
    assertEquals("paused", shown.text("status"));
    assertEquals(JsonObject.Kind.NULL, shown.kind("worker"));
    assertEquals(0, get("/jobs?repositoryId=%25").integer("total"));
    assertEquals(8, get("/jobs").integer("total"));
    assertEquals(50, get("/jobs").integer("pageSize"));
    for (String query :
        List.of("page=0", "page=x", "pageSize=0", "pageSize=201", "pageSize=", "page=99999999")) {
      assertRefused(server.get(ada, "/api/v1/jobs?" + query), 400, "invalid-request");
    }
    HttpResponse<String> sorted = server.get(ada, "/api/v1/jobs?sort=createdAt");
    assertRefused(sorted, 400, "invalid-request");
    assertTrue(sorted.body().contains("page, pageSize, repositoryId, status"), sorted.body());
    for (String status : List.of("waiting", "queued,", "", "QUEUED", "queued;failed")) {
      HttpResponse<String> refused = server.get(ada, "/api/v1/jobs?status=" + status);
      assertRefused(refused, 400, "invalid-request");
      assertTrue(refused.body().contains("queued, running, paused, done, failed, cancelled"));
    }
    assertRefused(
        server.get(ada, "/api/v1/jobs?repositoryId=" + "x".repeat(65)), 400, "invalid-request");
  }

  @Test
  void a_job_is_paused_resumed_and_cancelled_once() throws IOException {
    String path = "/jobs/" + jobs.enqueue("react", "v1").id();
    assertEquals("paused", status(post(ada, path + "/pause")));
    assertEquals("paused", status(post(ada, path + "/pause")));
    assertEquals("queued", status(post(ada, path + "/resume")));
    assertEquals("cancelled", status(post(ada, path + "/cancel")));
    assertEquals("cancelled", status(post(ada, path + "/cancel")));
    HttpResponse<String> late = post(ada, path + "/resume");
    assertRefused(late, 409, "job-state");
    assertEquals(
        "The job is cancelled and cannot be resumed any more.",
        TestServer.json(late).text("detail"));
    assertRefused(post(ada, path + "/pause"), 409, "job-state");
    assertRefused(post(ada, "/jobs/nothing/pause"), 404, "not-found");
    assertRefused(server.get(ada, "/api/v1/jobs/nothing"), 404, "not-found");
    assertRefused(server.get(ada, "/api/v1/jobs/nothing/stream"), 404, "not-found");
    assertEquals("cancelled", get(path).object("job").text("status"));
  }

  private static String status(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return TestServer.json(answer).object("job").text("status");
  }

  @Test
  void the_stream_begins_with_the_workers_and_tells_of_each_job_in_order() throws IOException {
    try (StreamClient stream = stream("/jobs/stream")) {
      StreamClient.Message first = stream.next();
      assertEquals("worker-status", first.event());
      assertEquals(get("/workers").json(), first.json().json());
      Job job = jobs.enqueue("react", "v1");
      jobs.pause(job.id());
      jobs.resume(job.id());
      jobs.cancel(job.id());
      List<String> order = List.of("queued", "paused", "queued", "cancelled");
      List<String> seen = new ArrayList<>();
      while (seen.isEmpty() || !seen.getLast().equals("cancelled")) {
        StreamClient.Message message = stream.next();
        assertEquals("job-progress", message.event());
        assertEquals(job.id(), message.json().text("id"));
        seen.add(message.json().text("status"));
      }
      int at = 0;
      for (String status : seen) { // some may be left out, none comes out of order
        while (!order.get(at).equals(status)) {
          at++;
        }
        at++;
      }
    }
  }

  @Test
  void the_stream_of_one_job_ends_with_it() throws IOException {
    Job job = jobs.enqueue("react", "v1");
    jobs.enqueue("react", "v2");
    try (StreamClient stream = stream("/jobs/" + job.id() + "/stream")) {
      assertEquals("queued", stream.next().json().text("status"));
      jobs.cancel(job.id());
      assertEquals("cancelled", stream.next().json().text("status"));
      StreamClient.Message last = stream.next();
      assertEquals("job-failed", last.event());
      assertEquals("The job was cancelled.", last.json().text("error"));
      assertEquals("end", stream.next().event());
    }
    try (StreamClient stream = stream("/jobs/" + job.id() + "/stream")) {
      assertEquals("cancelled", stream.next().json().text("status"));
      assertEquals("job-failed", stream.next().event());
      assertEquals("end", stream.next().event());
    }
  }

  @Test
  void a_server_that_stops_says_so_to_who_wants_a_stream() throws IOException {
    server.node().indexing().feed().close();
    HttpResponse<String> refused = server.get(ada, "/api/v1/jobs/stream");
    assertRefused(refused, 503, "unavailable");
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void more_streams_than_there_may_be_are_refused_and_closed_ones_make_room() throws IOException {
    List<StreamClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        open.add(stream("/jobs/stream"));
        open.getLast().next();
      }
      HttpResponse<String> refused = server.get(ada, "/api/v1/jobs/stream");
      assertRefused(refused, 429, "too-many");
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    } finally {
      open.forEach(StreamClient::close);
    }
  }

  @Test
  void signing_out_ends_the_streams_of_the_session() throws IOException {
    HttpResponse<String> signedIn =
        server.post(null, "/api/v1/session", "{\"token\":\"" + ada + "\"}");
    String cookie =
        signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    HttpRequest.Builder request =
        server.as(null, "/api/v1/jobs/stream").header("Cookie", cookie).GET();
    try (StreamClient stream = new StreamClient(server, request)) {
      assertEquals("worker-status", stream.next().event());
      server.send(server.as(null, "/api/v1/session").header("Cookie", cookie).DELETE());
      assertEquals("end", stream.next().event());
    }
  }
}

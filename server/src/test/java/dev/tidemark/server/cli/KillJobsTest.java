package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of jobs: they go on, and end with what an undisturbed run stores. */
@Timeout(180)
class KillJobsTest {
  private static final int TAGS = 6;
  private static final int FILES = 250;
  private static final int STOPS = 2; // a kill, then a clean stop

  /** All that indexing stores, without numbers and times that differ from run to run. */
  private static final List<String> CONTENT =
      List.of(
          "select v.name, t.files, t.snippets, t.complete from library_version v"
              + " join tree t on t.number = v.tree order by 1",
          "select v.name, f.path, b.object_id, hex(s.hash), bs.ordinal from library_version v"
              + " join tree_file f on f.tree = v.tree join blob b on b.number = f.blob"
              + " join blob_snippet bs on bs.blob = b.number"
              + " join snippet s on s.number = bs.snippet order by 1, 2, 5",
          "select count(*), count(distinct hash) from snippet",
          "select count(*) from blob",
          "select count(*) from tree where not complete",
          "select version, state from job order by 1");

  @TempDir Path data;
  @TempDir Path undisturbed;
  @TempDir Path allowed;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void jobs_go_on_after_a_kill_and_nothing_is_lost_or_doubled() throws Exception {
    Path repository = makeRepository();
    List<String> tags = indexUndisturbed(repository);
    String token =
        ServerProcess.run("token", "--data", data.toString(), "--user", "ada", "--admin").output();
    for (int stop = 0; stop < STOPS; stop++) {
      try (ServerProcess server = serve()) {
        int port = server.readyPort();
        if (stop == 0) {
          String id = send(port, token, "/libs", "{\"source\":\"" + repository + "\"}").text("id");
          send(port, token, "/libs/" + id + "/versions/discover", "{}");
          send(
              port,
              token,
              "/libs/" + id + "/index",
              "{\"versions\":[\"" + String.join("\",\"", tags) + "\"]}");
        }
        awaitProgress(port, token);
        if (stop == 0) {
          server.kill();
        } else {
          assertTrue(server.stopMillis() < 5_000, "stopping in the middle of jobs took too long");
        }
      }
    }
    try (ServerProcess server = serve()) {
      int port = server.readyPort();
      List<JsonObject> jobs = awaitAllDone(port, token);
      assertEquals(TAGS, jobs.size());
      assertTrue(jobs.stream().anyMatch(job -> job.integer("attempts") > 1), "none was begun anew");
      assertTrue(server.stopMillis() < 5_000);
    }
    assertEquals(content(undisturbed), content(data));
    ServerProcess.Outcome check = ServerProcess.run("check", "--data", data.toString());
    assertEquals(0, check.status(), check.output());
  }

  private Path makeRepository() throws IOException {
    Path folder = allowed.resolve("guide");
    try (GitFixture git = new GitFixture(folder)) {
      Map<String, String> files = new HashMap<>();
      for (int tag = 0; tag < TAGS; tag++) {
        for (int file = 0; file < FILES; file++) {
          if (tag == 0 || file % 3 == tag % 3) {
            files.put(
                "docs/" + file + ".md",
                "# Part "
                    + file
                    + "\n\n"
                    + ("Text " + tag + " of " + file + ". ").repeat(40)
                    + "\n\n## More\n\n"
                    + "The same in each tag.\n");
          }
        }
        git.tag("v" + tag, files);
      }
    }
    return folder;
  }

  private List<String> indexUndisturbed(Path repository) throws InterruptedException {
    IndexSettings settings = new IndexSettings(2, List.of(allowed));
    try (Operator operator = Operators.open(undisturbed, settings, Clock.systemUTC())) {
      String id = operator.libraries().add(repository.toString(), null).library().id();
      List<String> tags =
          operator.libraries().discover(id).versions().stream()
              .map(version -> version.name())
              .toList();
      List<Job> jobs = new JobWatch(operator, null).untilOver(operator.libraries().index(id, tags));
      assertTrue(jobs.stream().allMatch(job -> job.progress() == 100), jobs.toString());
      return tags;
    }
  }

  private ServerProcess serve() throws IOException {
    return new ServerProcess(
        "serve",
        "--port",
        "0",
        "--data",
        data.toString(),
        "--embedding-profile",
        "none",
        "--libs-allow",
        allowed.toString());
  }

  /** Waits until a job is under way. */
  private void awaitProgress(int port, String token) throws IOException, InterruptedException {
    while (jobs(port, token, "?status=running").stream()
        .noneMatch(job -> job.integer("filesDone") > 0)) {
      boolean over = jobs(port, token, "?status=done").size() == TAGS;
      assertTrue(!over, "indexing was too fast for this test: give it more files");
    }
  }

  private List<JsonObject> awaitAllDone(int port, String token)
      throws IOException, InterruptedException {
    List<JsonObject> done = jobs(port, token, "?status=done");
    while (done.size() < TAGS) {
      List<JsonObject> failed = jobs(port, token, "?status=failed");
      assertTrue(failed.isEmpty(), () -> failed.getFirst().json());
      done = jobs(port, token, "?status=done");
    }
    return jobs(port, token, "");
  }

  private List<JsonObject> jobs(int port, String token, String query)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/jobs" + query))
            .header("Authorization", "Bearer " + token)
            .build();
    return JacksonJson.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .objects("jobs");
  }

  private JsonObject send(int port, String token, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertTrue(answer.statusCode() < 300, answer.body());
    return JacksonJson.parse(answer.body());
  }

  private static List<String> content(Path folder) {
    List<String> lines = new ArrayList<>();
    try (Storage storage = new Storage(DataFolder.open(folder), Clock.systemUTC())) {
      for (String sql : CONTENT) {
        lines.add(sql);
        storage
            .readers()
            .read(reader -> {
              try (ResultSet row = reader.prepare(sql).executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                  StringBuilder line = new StringBuilder();
                  for (int column = 1; column <= columns; column++) {
                    line.append(row.getString(column)).append(' ');
                  }
                  lines.add(line.toString());
                }
              }
              return lines.size();
            });
      }
    }
    return lines;
  }
}

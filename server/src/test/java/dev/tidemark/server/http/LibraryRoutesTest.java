package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.StreamClient;
import dev.tidemark.server.TestServer;
import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.storage.IndexSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Libraries over HTTP, with real repositories in a folder that the operator allowed. */
@Timeout(120)
class LibraryRoutesTest {
  @TempDir Path data;
  @TempDir Path allowed;
  private TestServer server;
  private String ada;
  private String bob;

  @BeforeEach
  void start() {
    server = new TestServer(data, new IndexSettings(2, List.of(allowed)));
    ada = server.token("ada", true);
    bob = server.token("bob", false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(code, TestServer.code(answer));
  }

  private HttpResponse<String> post(String token, String path, String json) throws IOException {
    return server.post(token, "/api/v1" + path, json);
  }

  private HttpResponse<String> delete(String token, String id) throws IOException {
    return server.send(server.as(token, "/api/v1/libs/" + id).DELETE());
  }

  private HttpResponse<String> add(String source) throws IOException {
    return post(ada, "/libs", "{\"source\":\"" + source + "\"}");
  }

  private JsonObject get(String token, String path) throws IOException {
    HttpResponse<String> answer = server.get(token, "/api/v1" + path);
    assertEquals(200, answer.statusCode(), answer.body());
    return TestServer.json(answer);
  }

  /** A library with two tags, the second of which changes one of its files. */
  private String library() throws IOException {
    try (GitFixture git = new GitFixture(allowed.resolve("guide"))) {
      git.tag("v1", Map.of("a.md", "# Tides\nThey come.\n", "b.md", "# Moon\nIt pulls.\n"));
      git.tag("v2", Map.of("a.md", "# Tides\nThey go.\n", "b.md", "# Moon\nIt pulls.\n"));
    }
    return TestServer.json(add(allowed.resolve("guide").toString())).text("id");
  }

  private List<JsonObject> discover(String id) throws IOException {
    HttpResponse<String> answer = post(ada, "/libs/" + id + "/versions/discover", "{}");
    assertEquals(200, answer.statusCode(), answer.body());
    return TestServer.json(answer).objects("versions");
  }

  @Test
  void sources_that_could_reach_into_the_server_are_refused() throws IOException {
    for (String source :
        List.of(
            "file:///etc",
            "ext::sh -c id",
            "ssh://git@example.org/a/b",
            "git://example.org/a/b",
            "git@example.org:a/b",
            "/etc",
            "../data",
            "http://example.org/a/b",
            "--upload-pack=id",
            "https://localhost/a/b",
            "https://127.0.0.1/a/b",
            "https://127.1/a/b",
            "https://2130706433/a/b",
            "https://0x7f000001/a/b",
            "https://[::1]/a/b",
            "https://[::ffff:10.0.0.1]/a/b",
            "https://10.0.0.1/a/b",
            "https://169.254.169.254/a/b",
            "https://ada:secret-word@example.org/a/b",
            "https://secret-word@example.org/a/b",
            "")) {
      HttpResponse<String> refused = add(source);
      assertRefused(refused, 400, "invalid-request");
      assertFalse(refused.body().contains("secret-word"), refused.body());
    }
    assertEquals(List.of(), get(ada, "/libs").objects("libs"));
  }

  @Test
  void some_files_of_a_library_are_chosen_by_patterns() throws IOException {
    String source = "\"source\":\"https://example.org/a/b\"";
    HttpResponse<String> added = post(ada, "/libs", "{" + source + ",\"include\":[\"docs/**\"]}");
    assertEquals(201, added.statusCode(), added.body());
    assertTrue(added.body().contains("\"include\":[\"docs/**\"],\"exclude\":[]"), added.body());
    HttpResponse<String> changed =
        post(ada, "/libs", "{" + source + ",\"exclude\":[\"docs/old/**\"]}");
    assertEquals(200, changed.statusCode(), changed.body());
    String id = TestServer.json(added).text("id");
    JsonObject shown = get(ada, "/libs/" + id);
    assertEquals(List.of(), JacksonJson.texts(shown, "include"));
    assertEquals(List.of("docs/old/**"), JacksonJson.texts(shown, "exclude"));
    for (String patterns : List.of("\"docs\"", "[1]", "[\"../x\"]", "[\"\"]")) {
      HttpResponse<String> refused =
          post(ada, "/libs", "{" + source + ",\"include\":" + patterns + "}");
      assertEquals(400, refused.statusCode(), refused.body());
    }
  }

  @Test
  void bodies_of_another_shape_are_refused() throws IOException {
    String id = library();
    for (String body : List.of("{}", "{\"source\":1}", "{\"source\":\"x\",\"title\":1}")) {
      assertRefused(post(ada, "/libs", body), 400, "invalid-request");
    }
    assertRefused(
        post(ada, "/libs", "{\"source\":\"https://example.org/a/b\",\"more\":1}"),
        400,
        "invalid-request");
    for (String body : List.of("{}", "{\"versions\":\"v1\"}", "{\"versions\":[]}")) {
      assertRefused(post(ada, "/libs/" + id + "/index", body), 400, "invalid-request");
    }
    assertRefused(post(ada, "/libs/" + id + "/index", "{\"versions\":[1]}"), 400, "invalid-json");
    HttpResponse<String> unknown =
        post(ada, "/libs/" + id + "/index", "{\"versions\":[\"v1\",\"all\"]}");
    assertRefused(unknown, 400, "invalid-request");
    assertTrue(unknown.body().contains("v1, all"), unknown.body());
    assertRefused(server.get(ada, "/api/v1/libs?sort=id"), 400, "invalid-request");
  }

  @Test
  void everybody_sees_libraries_and_only_administrators_change_them() throws IOException {
    String id = library();
    assertEquals(1, get(bob, "/libs").objects("libs").size());
    assertEquals("guide", get(bob, "/libs/" + id).text("title"));
    assertRefused(post(bob, "/libs", "{\"source\":\"https://example.org/a\"}"), 403, "forbidden");
    assertRefused(post(bob, "/libs/" + id + "/versions/discover", "{}"), 403, "forbidden");
    assertRefused(post(bob, "/libs/" + id + "/index", "{\"versions\":[\"v1\"]}"), 403, "forbidden");
    assertRefused(delete(bob, id), 403, "forbidden");
    assertRefused(server.get(null, "/api/v1/libs"), 401, "not-signed-in");
    assertRefused(server.get(bob, "/api/v1/libs/nothing"), 404, "not-found");
    assertRefused(post(ada, "/libs/nothing/versions/discover", "{}"), 404, "not-found");
    assertRefused(post(ada, "/libs/nothing/index", "{\"versions\":[\"v1\"]}"), 404, "not-found");
    assertRefused(delete(ada, "nothing"), 404, "not-found");
  }

  @Test
  void a_library_is_added_discovered_indexed_live_and_removed() throws IOException {
    String id = library();
    HttpResponse<String> again = add(allowed.resolve("guide").toString());
    assertEquals(200, again.statusCode());
    assertEquals(id, TestServer.json(again).text("id"));
    assertEquals(2, discover(id).size());
    try (StreamClient stream = new StreamClient(server, server.as(ada, "/api/v1/jobs/stream"))) {
      assertEquals(0, stream.next().json().integer("active"));
      HttpResponse<String> wish =
          post(ada, "/libs/" + id + "/index", "{\"versions\":[\"v1\",\"v2\",\"v1\"]}");
      assertEquals(202, wish.statusCode(), wish.body());
      Set<String> open = new HashSet<>();
      TestServer.json(wish).objects("jobs").forEach(job -> open.add(job.text("id")));
      assertEquals(2, open.size());
      boolean busy = false;
      boolean idle = false;
      while (!open.isEmpty() || !idle) {
        StreamClient.Message message = stream.next();
        JsonObject news = message.json();
        if (message.event().equals("worker-status")) {
          busy |= news.integer("active") > 0;
          idle = news.integer("active") == 0;
          assertEquals(2, news.integer("total"));
        } else if (news.text("status").equals("done")) {
          assertEquals("guide", news.text("repository"));
          assertEquals(100, news.integer("progress"));
          open.remove(news.text("id"));
        }
      }
      assertTrue(busy, "no worker was ever seen busy");
    }
    List<JsonObject> versions = get(bob, "/libs/" + id).objects("versions");
    for (JsonObject version : versions) {
      assertEquals("indexed", version.text("state"));
      assertEquals(2, version.integer("files"));
    }
    assertEquals(204, delete(ada, id).statusCode());
    assertRefused(server.get(ada, "/api/v1/libs/" + id), 404, "not-found");
    assertEquals(2, get(ada, "/jobs?repositoryId=" + id).integer("total"));
  }

  @Test
  void a_repository_that_is_gone_is_said_to_be_unreadable() throws IOException {
    String id = library();
    discover(id);
    try (java.util.stream.Stream<Path> files = java.nio.file.Files.walk(allowed.resolve("guide"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        java.nio.file.Files.delete(file);
      }
    }
    assertRefused(post(ada, "/libs/" + id + "/versions/discover", "{}"), 502, "source-failed");
    HttpResponse<String> wish = post(ada, "/libs/" + id + "/index", "{\"versions\":[\"v1\"]}");
    String job = TestServer.json(wish).objects("jobs").getFirst().text("id");
    try (StreamClient stream =
        new StreamClient(server, server.as(ada, "/api/v1/jobs/" + job + "/stream"))) {
      StreamClient.Message last = stream.next(message -> message.event().equals("job-failed"));
      assertTrue(last.json().text("error").endsWith("."), last.data());
    }
  }
}

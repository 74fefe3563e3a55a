package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.json;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.TestServer;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real repository, indexed and embedded by the real model, searched over HTTP. */
class LibrarySearchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String GUIDE =
      """
      # Guide

      ## Install

      Download the archive, unpack it and put the program on your path. Then run it once so that it
      can write its configuration file, which you may change later on as you like.

      ## Caching answers

      Responses are kept in memory for a minute. Set `ttl` to keep them longer, or to zero to ask
      the origin every time. <script>alert(1)</script> is only text here, as everywhere else.

      ## Retry after failures

      A request that failed is repeated with exponential backoff and jitter, five times at most,
      unless the answer says that trying again cannot help.
      """;

  @TempDir Path folder;

  private static boolean isReady(TestServer server, String token) throws IOException {
    HttpResponse<String> answer =
        server.get(token, "/api/v1/search?q=backoff&mode=semantic&kind=snippet");
    return json(answer).text("mode").equals("semantic")
        && json(answer).kind("fallback") != JsonObject.Kind.TEXT
        && !json(answer).objects("results").isEmpty();
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertTrue(Instant.now().isBefore(end), "waited too long");
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void sections_are_found_by_words_and_by_meaning_in_the_version_asked_for() throws Exception {
    Path git = folder.resolve("acme/tool.git");
    try (GitFixture fixture = new GitFixture(git)) {
      fixture.tag("v1", Map.of("docs/guide.md", GUIDE));
      fixture.tag("v2", Map.of("docs/guide.md", GUIDE.replace("five times", "seven times")));
    }
    NodeSettings settings =
        new NodeSettings(
            folder.resolve("data"),
            new HttpSettings("127.0.0.1", 0, null),
            StreamLimits.DEFAULT,
            new EmbeddingSettings.Minilm(),
            new IndexSettings(1, List.of(folder)));
    try (TestServer server = new TestServer(settings)) {
      String ada = server.token("ada", true);
      String bob = server.token("bob", false);
      String library =
          json(server.post(ada, "/api/v1/libs", "{\"source\":\"" + git + "\"}")).text("id");
      server.post(ada, "/api/v1/libs/" + library + "/versions/discover", "{}");
      server.post(ada, "/api/v1/libs/" + library + "/index", "{\"versions\":[\"v1\",\"v2\"]}");
      await(() ->
          server
                  .get(
                      bob,
                      "/api/v1/search?q=backoff&mode=keyword&libraryId=" + library + "&version=v1")
                  .statusCode()
              == 200);
      await(() ->
          server
                  .get(
                      bob,
                      "/api/v1/search?q=backoff&mode=keyword&libraryId=" + library + "&version=v2")
                  .statusCode()
              == 200);
      await(() -> isReady(server, bob));

      String query = "/api/v1/search?q=" + encoded("try again when a call goes wrong");
      JsonObject answer = json(server.get(bob, query + "&libraryId=" + library));
      assertEquals("hybrid", answer.text("mode"));
      JsonObject best = answer.objects("results").getFirst();
      assertEquals("snippet", best.text("kind"));
      assertEquals("Guide › Retry after failures", best.text("title"));
      assertEquals("v2", best.text("version"));
      assertEquals("docs/guide.md", best.text("path"));
      long retries =
          answer.objects("results").stream()
              .filter(hit -> hit.text("title").contains("Retry"))
              .count();
      assertEquals(1, retries, "older versions do not repeat a section");
      JsonObject older = json(server.get(bob, query + "&version=v1&libraryId=" + library));
      assertEquals("v1", older.objects("results").getFirst().text("version"));
      assertEquals(404, server.get(bob, query + "&version=v9&libraryId=" + library).statusCode());

      String context = "/api/v1/context?libraryId=" + library + "&query=" + encoded("cache ttl");
      JsonObject assembled = json(server.get(bob, context));
      assertTrue(assembled.text("text").contains("kept in memory"), assembled.text("text"));
      assertTrue(assembled.text("text").contains("<script>alert(1)</script>"));
      assertTrue(assembled.text("text").contains("v2, docs/guide.md:"), assembled.text("text"));
      JsonObject small = json(server.get(bob, context + "&tokens=100"));
      assertTrue(small.integer("tokens") <= 100, small.json());
      assertEquals(1, small.objects("snippets").size());

      String space = server.space(ada, "Boats");
      server.append(ada, space, channel("c1"), message("m1", "c1", "the vessel left the port"));
      String sailing = "/api/v1/search?q=" + encoded("ship sailing from a harbour");
      await(() ->
          json(server.get(ada, sailing + "&mode=semantic&kind=message")).objects("results").stream()
              .anyMatch(hit -> hit.text("id").equals("m1")));
      assertFalse(server.get(bob, sailing + "&mode=semantic").body().contains("vessel"));
    }
  }
}

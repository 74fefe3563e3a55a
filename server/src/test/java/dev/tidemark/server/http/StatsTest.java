package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.StreamClient;
import dev.tidemark.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void only_administrators_see_them() throws IOException {
    assertEquals(401, server.get(null, "/api/v1/stats").statusCode());
    assertEquals(403, server.get(server.token("bob", false), "/api/v1/stats").statusCode());
    assertEquals(200, server.get(server.token("ann", true), "/api/v1/stats").statusCode());
  }

  @Test
  void they_count_what_there_is() throws IOException {
    String ann = server.token("ann", true);
    String space = server.space(ann, "Here");
    server.append(ann, space, TestServer.channel("c"), TestServer.messages("m", "c", 3));
    JsonObject stats = TestServer.json(server.get(ann, "/api/v1/stats"));
    assertEquals(3, stats.integer("messages"));
    assertEquals(1, stats.integer("users"));
    assertEquals(1, stats.integer("spaces"));
    assertTrue(stats.integer("events") >= 5);
    assertTrue(stats.object("storage").integer("databaseBytes") > 0);
    assertEquals(0, stats.object("jobs").integer("running"));
    assertEquals(0, stats.object("libraries").integer("snippets"));
    assertEquals("off", stats.object("embeddings").text("mode"));
    assertTrue(stats.object("fullText").integer("missing") <= 3);
    assertTrue(server.get(ann, "/metrics").body().contains("tidemark_fulltext_missing"));
    assertEquals(List.of(), stats.objects("slowQueries"));
  }

  @Test
  void they_list_who_is_connected() throws IOException, InterruptedException {
    String ann = server.token("ann", true);
    server.space(ann, "Here");
    try (StreamClient stream = new StreamClient(server, ann, "")) {
      stream.next(message -> message.event().equals("space"));
      JsonObject streams = TestServer.json(server.get(ann, "/api/v1/stats")).object("streams");
      assertEquals(1, streams.integer("count"));
      assertEquals("ann", streams.objects("browsers").getFirst().text("user"));
    }
  }
}

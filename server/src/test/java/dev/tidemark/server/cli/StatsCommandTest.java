package dev.tidemark.server.cli;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stats}, beside a running server and without one. */
class StatsCommandTest {
  private static final List<String> STATS = List.of("stats");

  @TempDir Path data;

  @Test
  void they_are_the_same_beside_a_running_server_and_without_one() throws Exception {
    Commands commands = new Commands(data);
    try (TestServer server = new TestServer(data)) {
      String ada = server.token("ada", true);
      server.append(ada, server.space(ada, "Boats"), channel("c1"), messages("m", "c1", 3));
      assertTells(commands);
      JsonObject json = json(commands);
      assertEquals(TestServer.json(server.get(ada, "/api/v1/stats")).names(), json.names());
    }
    assertTells(commands);
    assertEquals(3, json(commands).integer("messages"));
  }

  private static void assertTells(Commands commands) {
    Commands.Outcome outcome = commands.run(STATS);
    assertEquals(0, outcome.status(), outcome.toString());
    for (String row :
        List.of(
            "database +[0-9.]+ MB",
            "write-ahead log +[0-9.]+ MB",
            "users +1",
            "spaces +1",
            "messages +3",
            "jobs running +0",
            "browsers connected +0",
            "words missing +[0-3]",
            "embeddings missing +[03]",
            "slow queries +[0-9]+")) {
      assertTrue(Pattern.compile("(?m)^" + row).matcher(outcome.out()).find(), outcome.toString());
    }
  }

  private static JsonObject json(Commands commands) {
    Commands.Outcome outcome = commands.run(STATS, "--json");
    assertEquals(0, outcome.status(), outcome.toString());
    return JacksonJson.parse(outcome.out());
  }
}

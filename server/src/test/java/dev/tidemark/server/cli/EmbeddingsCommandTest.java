package dev.tidemark.server.cli;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.TestServer;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code embeddings}, {@code embeddings build} and searches by meaning, with a server and without.
 */
@Timeout(120)
class EmbeddingsCommandTest {
  private static final List<String> SHOW = List.of("embeddings");
  private static final List<String> BUILD = List.of("embeddings", "build");

  @TempDir Path data;
  private Commands commands;
  private EmbeddingServer model;

  @BeforeEach
  void start() throws IOException {
    commands = new Commands(data);
    model = new EmbeddingServer();
  }

  @AfterEach
  void stop() {
    model.close();
  }

  private static void write(TestServer server) throws IOException {
    String ada = server.token("ada", true);
    server.append(
        ada,
        server.space(ada, "Boats"),
        channel("c1"),
        message("m1", "c1", "zzz buzz jazz"),
        message("m2", "c1", "the harbour pilot"));
  }

  private void writeWithoutEmbeddings() throws IOException {
    try (TestServer server = new TestServer(data)) {
      write(server);
    }
  }

  private TestServer embeddingServer() {
    String[] options = model.options();
    return new TestServer(
        new NodeSettings(
            data,
            new HttpSettings("127.0.0.1", 0, null),
            StreamLimits.DEFAULT,
            new EmbeddingSettings.OpenAi(URI.create(options[3]), EmbeddingServer.MODEL, null),
            IndexSettings.DEFAULT));
  }

  private static void assertSays(Commands.Outcome outcome, int status, String... patterns) {
    assertEquals(status, outcome.status(), outcome.toString());
    for (String pattern : patterns) {
      assertTrue(Pattern.compile(pattern).matcher(outcome.out()).find(), outcome.toString());
    }
  }

  @Test
  void without_a_server_they_are_shown_and_built_by_the_command() throws IOException {
    writeWithoutEmbeddings();
    assertSays(commands.run(SHOW), 0, "model +state +kind +live", "missing: 2", "stopped: ");
    String row = "1 letters +active +message +2 +2 +0 +0";
    assertSays(commands.run(BUILD, model.options()), 0, row, "missing: 0");
    assertSays(commands.run(SHOW), 0, row);
    assertSays(commands.run(List.of("embeddings", "build", "--backstop"), model.options()), 0, row);
  }

  @Test
  void beside_a_server_the_server_builds_them_with_its_own_model() throws IOException {
    writeWithoutEmbeddings();
    try (TestServer server = embeddingServer()) {
      String row = "1 letters +active +message +2 +2 +0 +0";
      assertSays(commands.run(BUILD), 0, row, "missing: 0");
      assertSays(commands.run(SHOW), 0, row);
      assertSays(commands.run(List.of("embeddings", "build", "--backstop")), 0, row);
      assertTrue(server.port() > 0);
    }
  }

  @Test
  void a_model_that_cannot_be_used_is_told_and_ends_with_a_status() throws IOException {
    writeWithoutEmbeddings();
    String[] options = model.options();
    options[3] = "http://127.0.0.1:1/v1";
    assertSays(commands.run(BUILD, options), 1, "missing: 2", "missing-model: .*127.0.0.1:1");
    assertSays(commands.run(BUILD, "--embedding-profile", "magic"), 2);
    assertSays(commands.run(BUILD, "--embedding-profile", "openai"), 2);
  }

  @Test
  void without_a_server_searches_use_the_profile_that_is_asked_for() throws IOException {
    writeWithoutEmbeddings();
    assertSays(commands.run(BUILD, model.options()), 0);
    List<String> byMeaning = List.of("search", "fizz", "--mode", "semantic");
    Commands.Outcome near = commands.run(byMeaning, model.options());
    assertSays(near, 0, "zzz buzz jazz");
    assertEquals("", near.err());
    Commands.Outcome none = commands.run(byMeaning, "--embedding-profile", "none");
    assertEquals(1, none.status());
    assertTrue(none.err().contains("switched off"), none.toString());
    Commands.Outcome other = commands.run(byMeaning);
    assertEquals(1, other.status());
    assertTrue(other.err().contains("letters, which is not configured"), other.toString());
    assertSays(commands.run(byMeaning, "--embedding-profile", "magic"), 2);
  }

  @Test
  void beside_a_server_searches_use_its_profile() throws IOException {
    writeWithoutEmbeddings();
    try (TestServer server = embeddingServer()) {
      assertSays(commands.run(BUILD), 0);
      assertSays(commands.run(List.of("search", "fizz", "--mode", "semantic")), 0, "zzz buzz jazz");
      assertTrue(server.port() > 0);
    }
  }
}

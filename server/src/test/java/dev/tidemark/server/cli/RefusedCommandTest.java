package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is mistyped is said in a sentence, and changes nothing. */
class RefusedCommandTest {
  @TempDir Path folder;

  private static Commands.Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Tidemark.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Commands.Outcome(line.execute(arguments), out.toString(), err.toString());
  }

  private static void assertSays(String sentence, Commands.Outcome outcome) {
    assertTrue(outcome.err().contains(sentence), outcome.toString());
    assertFalse(outcome.err().contains("\tat "), outcome.toString());
    assertTrue(outcome.status() != 0, outcome.toString());
  }

  @Test
  void commands_that_only_look_make_no_data_where_there_is_none() throws Exception {
    for (List<String> command :
        List.of(
            List.of("search", "x"),
            List.of("stats"),
            List.of("check"),
            List.of("libs"),
            List.of("libs", "remove", "x"),
            List.of("jobs"),
            List.of("jobs", "pause", "x"),
            List.of("embeddings"),
            List.of("embeddings", "build"))) {
      assertSays("There is no data of Tidemark in " + folder, new Commands(folder).run(command));
      Path missing = folder.resolve("missing");
      assertSays("There is no data", new Commands(missing).run(command));
      assertFalse(Files.exists(missing), command.toString());
    }
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void an_empty_folder_name_is_not_the_working_directory() {
    assertSays("--data names a folder", run("stats", "--data", ""));
    assertSays("--data names a folder", run("token", "--user", "ada", "--data", ""));
  }

  @Test
  void a_search_that_cannot_be_made_differs_from_one_that_finds_nothing() {
    Commands commands = new Commands(folder);
    assertEquals(0, commands.run(List.of("token", "--user", "ada")).status());
    assertEquals(1, commands.run(List.of("search", "nothing", "--mode", "keyword")).status());
    for (List<String> wrong :
        List.of(
            List.of("search", "%%%"),
            List.of("search", "x", "--space", "nowhere"),
            List.of("search", "x", "--library", "nothing"),
            List.of("search", "x", "--limit", "0"))) {
      assertEquals(2, commands.run(wrong).status(), wrong.toString());
    }
  }

  @Test
  void a_server_that_could_serve_nobody_does_not_start() {
    String data = folder.toString();
    assertSays("--host names an address", run("serve", "--data", data, "--host", ""));
    assertSays("at least 1", run("serve", "--data", data, "--max-streams", "0"));
    assertSays("at least 1", run("serve", "--data", data, "--max-streams-per-user", "-1"));
    String longer = "x".repeat(70); // than a name can be, so that no name server is asked
    assertSays(
        "there is no such host", run("serve", "--data", data, "--port", "0", "--host", longer));
  }

  @Test
  void the_version_is_told() {
    assertTrue(run("--version").out().startsWith("Tidemark "));
    assertTrue(run("stats", "--version").out().startsWith("Tidemark "));
  }
}

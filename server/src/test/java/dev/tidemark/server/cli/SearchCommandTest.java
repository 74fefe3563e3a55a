package dev.tidemark.server.cli;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, beside a running server and without one. */
class SearchCommandTest {
  @TempDir Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int search(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command =
        Tidemark.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 3];
    all[0] = "search";
    all[1] = "--data";
    all[2] = data.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return command.execute(all);
  }

  private void expectHits() {
    assertEquals(0, search("pilot", "--mode", "keyword"), err.toString());
    assertTrue(out.toString().contains("the harbour pilot"), out.toString());
    assertTrue(out.toString().lines().findFirst().orElse("").startsWith("KIND"), out.toString());
    assertFalse(out.toString().contains("\u001b"), out.toString());
    assertEquals(0, search("pilot", "--mode", "keyword", "--space", "Boats"), err.toString());
    assertEquals(1, search("nothing", "like", "it", "--mode", "keyword"), err.toString());
    assertEquals(2, search("pilot", "--space", "Cars"));
    assertTrue(err.toString().contains("There is no such space."), err.toString());
    assertEquals(2, search("***"));
    assertTrue(err.toString().contains("holds no word"), err.toString());
    assertEquals(2, search("pilot", "--mode", "magic"));
    assertEquals(2, search("pilot", "--limit", "0"));
    assertEquals(2, search());
  }

  @Test
  void everything_is_found_beside_a_running_server_and_without_one() throws Exception {
    try (TestServer server = new TestServer(data)) {
      String ada = server.token("ada", true);
      String space = server.space(ada, "Boats");
      server.append(
          ada,
          space,
          channel("c1"),
          message("m1", "c1", "the harbour pilot"),
          message("m2", "c1", "pilot \\u001b[31mred"));
      expectHits();
    }
    expectHits();
    assertEquals(0, search("pilot"), err.toString());
    assertTrue(err.toString().contains("keywords alone"), err.toString());
  }
}

package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.importing.SampleLogs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportIrcCommandTest {
  @TempDir Path temporary;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private SampleLogs logs;

  @BeforeEach
  void prepare() {
    logs = new SampleLogs(temporary.resolve("logs"));
  }

  private int run(Path path, String space) {
    CommandLine commandLine = Tidemark.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(
        "import",
        "irc",
        path.toString(),
        "--space",
        space,
        "--data",
        temporary.resolve("data").toString());
  }

  /** One sentence, exit status 2, and no data folder was made. */
  private void refused(String sentence, Path path, String space) {
    assertEquals(2, run(path, space));
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains(sentence), err.toString());
    assertFalse(Files.exists(temporary.resolve("data")));
  }

  @Test
  void it_prints_a_summary_and_no_progress_where_there_is_no_terminal() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    assertEquals(0, run(logs.folder(), "Logs"));
    assertEquals("", err.toString());
    assertTrue(out.toString().startsWith("Imported into the space \"Logs\" ("), out.toString());
    assertTrue(out.toString().contains("  10 messages: 10 new, 0 there already; "), out.toString());
    assertFalse(out.toString().contains("\r"));
  }

  @Test
  void one_log_can_be_imported_alone() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    Path one = logs.log("2004-12-26.b", "[01:00] <a> b");
    assertEquals(0, run(one, "Logs"));
    assertTrue(out.toString().contains("  1 message: 1 new, 0 there already; "), out.toString());
  }

  @Test
  void a_missing_path_is_refused_in_one_sentence() {
    refused("There is no file or folder ", temporary.resolve("nowhere"), "Logs");
  }

  @Test
  void a_folder_without_logs_is_refused_in_one_sentence() throws IOException {
    logs.write("README.md", "x");
    refused("There are no logs in ", logs.folder(), "Logs");
  }

  @Test
  void a_wrong_annotation_is_refused_in_one_sentence() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    logs.annotations("2004-12-25.a", "0 0 -", "0 \u001b[31m1");
    refused("line 2: expected \"FROM TO -\" with two line numbers", logs.folder(), "Logs");
    assertFalse(err.toString().contains("\u001b"));
  }

  @Test
  void a_name_that_no_space_can_have_is_refused_in_one_sentence() throws IOException {
    logs.longLog("2004-12-25.a", 10);
    refused("The name of a space has 1 to 120 characters.", logs.folder(), " ");
  }
}

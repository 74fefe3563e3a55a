package dev.tidemark.server.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IrcLogFileTest {
  @TempDir Path folder;

  private String refusal(Path path) {
    return String.valueOf(
        assertThrows(ImportRefused.class, () -> IrcLogFile.at(path)).getMessage());
  }

  @Test
  void a_folder_gives_its_logs_by_name_and_names_the_other_files() throws IOException {
    SampleLogs logs = new SampleLogs(folder);
    logs.log("2005-02-08.b", "x");
    logs.log("2004-12-25.train-c", "x");
    logs.annotations("2004-12-25.train-c", "");
    logs.annotations("1999-01-01.orphan", "");
    logs.log("2004-13-45.no-day", "x");
    logs.write("README.md", "x");
    IrcLogFile.Found found = IrcLogFile.at(folder);
    assertEquals(
        List.of("2004-12-25-train-c", "2005-02-08-b"),
        found.logs().stream().map(IrcLogFile::channel).toList());
    assertEquals(LocalDate.of(2004, 12, 25), found.logs().getFirst().date());
    assertEquals(
        List.of("1999-01-01.orphan.annotation.txt", "2004-13-45.no-day.raw.txt", "README.md"),
        found.others());
  }

  @Test
  void a_missing_path_is_refused() {
    String message = refusal(folder.resolve("nowhere"));
    assertTrue(message.startsWith("There is no file or folder "), message);
  }

  @Test
  void a_folder_without_logs_is_refused() throws IOException {
    new SampleLogs(folder).write("README.md", "x");
    String message = refusal(folder);
    assertTrue(message.startsWith("There are no logs in "), message);
  }

  @Test
  void a_file_that_is_no_log_by_its_name_is_refused() throws IOException {
    Path readme = new SampleLogs(folder).write("README.md", "x");
    assertTrue(refusal(readme).contains("is no log: logs are named DATE.PART.raw.txt"));
  }
}

package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three indexers, two embedders, eight searchers and two appenders on one file: nobody is ever told
 * that the database is busy, and after a kill -9 in the middle all goes on to a sound end.
 */
@Timeout(240)
class EverythingAtOnceTest {
  private static final int TAGS = 6;
  private static final int FILES = 400;

  @TempDir Path data;
  @TempDir Path allowed;

  @Test
  void everything_runs_at_once_on_one_file_and_survives_a_kill() throws Exception {
    String repository = makeRepository().toString();
    List<String> killed = run(repository, "a", true);
    assertSound(killed);
    assertTrue(killed.stream().anyMatch(line -> line.startsWith("under way")), tail(killed));
    List<String> finished = run(repository, "b", false);
    assertSound(finished);
    assertTrue(finished.stream().anyMatch(line -> line.startsWith("complete")), tail(finished));
    ServerProcess.Outcome check = ServerProcess.run("check", "--data", data.toString());
    assertEquals(0, check.status(), check.output());
    Set<String> acknowledged = new HashSet<>(acknowledged(killed));
    acknowledged.addAll(acknowledged(finished));
    assertTrue(acknowledged.size() > EverythingAtOnce.APPENDERS * EverythingAtOnce.APPENDS);
    try (Storage storage = new Storage(DataFolder.open(data), Clock.systemUTC())) {
      Set<String> stored = new HashSet<>(texts(storage, "select id from log_event"));
      acknowledged.removeAll(stored);
      assertEquals(Set.of(), acknowledged, "acknowledged and lost");
      assertEquals(
          List.of(Integer.toString(TAGS)),
          texts(storage, "select count(*) from job where state = 'done'"));
      assertEquals(
          List.of(Integer.toString(TAGS)),
          texts(
              storage,
              "select count(*) from library_version v join tree t on t.number = v.tree"
                  + " where t.complete and t.files = "
                  + FILES));
      assertEquals(
          texts(storage, "select count(distinct hash) from snippet"),
          texts(storage, "select count(*) from snippet where embed_gen is not null"));
    }
  }

  private Path makeRepository() throws IOException {
    Path folder = allowed.resolve("guide");
    try (GitFixture git = new GitFixture(folder)) {
      Map<String, String> files = new HashMap<>();
      for (int tag = 0; tag < TAGS; tag++) {
        for (int file = 0; file < FILES; file++) {
          if (tag == 0 || file % 5 == tag % 5) {
            files.put(
                "docs/" + file + ".md",
                "# Part "
                    + file
                    + "\n\nThe moon pulls text "
                    + tag
                    + " of part "
                    + file
                    + ".\n"
                    + "\n## Harbour\n\nIn year "
                    + file
                    + " the wall held back the tide.\n");
          }
        }
        git.tag("v" + tag, files);
      }
    }
    return folder;
  }

  /** Runs the load to its end, or kills it as soon as all of its parts are under way. */
  private List<String> run(String repository, String prefix, boolean killing) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(EverythingAtOnce.class.getName());
    command.addAll(List.of(data.toString(), allowed.toString(), repository, prefix));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith("under way") || line.startsWith("complete")) {
          System.out.println(line);
        }
        if (killing && line.startsWith("under way")) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      if (!killing) {
        throw e;
      }
    } finally {
      process.destroyForcibly();
    }
    return lines;
  }

  /** Standard error is among the lines: what a thread only logged is seen too. */
  private static void assertSound(List<String> lines) {
    for (String line : lines) {
      assertTrue(
          !line.contains("FAILED")
              && !line.contains("SQLITE_BUSY")
              && !line.contains("SQLITE_LOCKED")
              && !line.contains("database is locked")
              && !line.contains(" ERROR "),
          () -> line + "\n" + tail(lines));
    }
  }

  private static String tail(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  private static List<String> acknowledged(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("ack "))
        .map(line -> line.substring(4))
        .toList();
  }

  private static List<String> texts(Storage storage, String sql) {
    return storage
        .readers()
        .read(reader -> {
          List<String> texts = new ArrayList<>();
          try (ResultSet row = reader.prepare(sql).executeQuery()) {
            while (row.next()) {
              texts.add(row.getString(1));
            }
          }
          return texts;
        });
  }
}

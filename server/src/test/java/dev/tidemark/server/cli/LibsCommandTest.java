package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.GitFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Libraries and jobs from the command line, without a server and beside one. */
@Timeout(180)
class LibsCommandTest {
  @TempDir Path data;
  @TempDir Path allowed;

  @BeforeEach
  void makeRepository() throws IOException {
    try (GitFixture git = new GitFixture(allowed.resolve("guide"))) {
      git.tag("v1.9.0", Map.of("a.md", "# Tides\nThey come.\n", "b.md", "# Moon\nIt pulls.\n"));
      git.tag("v1.10.0", Map.of("a.md", "# Tides\nThey go.\n", "b.md", "# Moon\nIt pulls.\n"));
    }
  }

  private ServerProcess.Outcome run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data");
    all.add(data.toString());
    return ServerProcess.run(all.toArray(String[]::new));
  }

  private String repository() {
    return allowed.resolve("guide").toString();
  }

  private static void assertSays(ServerProcess.Outcome outcome, int status, String... patterns) {
    assertEquals(status, outcome.status(), outcome.output());
    for (String pattern : patterns) {
      assertTrue(Pattern.compile(pattern).matcher(outcome.output()).find(), outcome.output());
    }
  }

  @Test
  void without_a_server_the_command_indexes_by_itself() throws Exception {
    assertSays(
        run("libs", "add", repository(), "--libs-allow", allowed.toString()),
        0,
        "Added [a-z0-9._-]+\\.",
        "2 tags\\.",
        "Indexing v1\\.10\\.0 ",
        "v1\\.10\\.0 +done +2 +0 +2 +0 ");
    assertSays(
        run("libs", "add", repository(), "--libs-allow", allowed.toString(), "--tags", "all"),
        0,
        "is there already",
        "v1\\.9\\.0 +done +2 +0 +2 +1 ");
    assertSays(run("libs"), 0, "ID +TITLE +TAGS +INDEXED", "guide +2 +2 ");
    assertSays(run("jobs", "--status", "done"), 0, "REPOSITORY", "v1\\.9\\.0 +done +100 % +2/2");
    assertSays(run("jobs", "--status", "waiting"), 2, "no status waiting.*queued, running");
    assertSays(
        run("libs", "add", repository(), "--libs-allow", allowed.toString(), "--tags", "v7"),
        2,
        "no tag v7.*newest are v1\\.10\\.0, v1\\.9\\.0");
    assertSays(
        run(
            "libs",
            "add",
            repository(),
            "--libs-allow",
            allowed.toString(),
            "--include",
            "**/*.md,docs/**",
            "--exclude",
            "old/**"),
        0,
        "is there already");
    assertSays(run("libs"), 0, "FILES", "\\+\\*\\*/\\*\\.md \\+docs/\\*\\* -old/\\*\\*");
    assertSays(
        run("libs", "add", "--help"),
        0,
        "--exclude=GLOB,\\.\\.\\.",
        "--tags=all\\|TAG,\\.\\.\\.",
        "--libs-allow=DIR,\\.\\.\\.");
    assertSays(run("libs", "add", repository()), 2, "--libs-allow");
    assertSays(run("libs", "add", "ssh://example.org/a/b"), 2, "https://");
  }

  @Test
  void beside_a_server_the_server_indexes_and_jobs_are_steered_through_it() throws Exception {
    try (ServerProcess server =
        new ServerProcess(
            "serve",
            "--port",
            "0",
            "--data",
            data.toString(),
            "--embedding-profile",
            "none",
            "--libs-allow",
            allowed.toString())) {
      server.readyPort();
      assertSays(
          run("libs", "add", repository(), "--tags", "v1.9.0,v1.10.0", "--title", "A guide"),
          0,
          "v1\\.9\\.0 +done",
          "v1\\.10\\.0 +done");
      ServerProcess.Outcome jobs = run("jobs", "--repository", "g", "--limit", "1");
      ServerProcess.Outcome libs = run("libs");
      assertSays(libs, 0, "A guide +2 +2 ");
      String id = libs.output().lines().toList().get(1).split(" ")[0];
      assertSays(run("jobs", "--repository", id, "--limit", "1"), 0, "The newest 1 of 2 jobs");
      assertSays(jobs, 0);
      Matcher job =
          Pattern.compile("(?m)^([a-z0-9]{10}) ").matcher(run("jobs", "--limit", "1").output());
      assertTrue(job.find());
      assertSays(run("jobs", "pause", job.group(1)), 1, "is done and cannot be paused");
      assertSays(run("jobs", "cancel", "nothing"), 2, "There is no job nothing");
      assertSays(run("libs", "remove", id), 0, "Removed " + id);
      assertSays(run("libs", "remove", id), 2, "There is no library " + id);
    }
  }
}

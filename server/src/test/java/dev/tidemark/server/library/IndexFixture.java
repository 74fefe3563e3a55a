package dev.tidemark.server.library;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.library.git.GitLimits;
import dev.tidemark.server.library.git.GitRepositories;
import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.SplitSize;
import dev.tidemark.server.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data folder, a repository to write, and the task that indexes it. */
abstract class IndexFixture {
  @TempDir Path temporary;
  Storage storage;
  LibraryRules rules;
  Libraries libraries;
  IndexTask task;
  GitFixture git;

  @BeforeEach
  void open() throws IOException {
    storage = new Storage(DataFolder.open(temporary.resolve("data")), Clock.systemUTC());
    git = new GitFixture(temporary.resolve("acme/tool.git"));
    rules = new LibraryRules(List.of(temporary));
    libraries = libraries(GitLimits.DEFAULT, SplitSize.DEFAULT);
    task = new IndexTask(libraries);
  }

  Libraries libraries(GitLimits limits, SplitSize size) {
    return new Libraries(
        storage.writer(),
        storage.readers(),
        Clock.systemUTC(),
        rules,
        new GitRepositories(temporary.resolve("data/repositories"), rules, limits),
        new FileRules(size));
  }

  @AfterEach
  void close() {
    task.close();
    git.close();
    storage.close();
  }

  static String section(String topic) {
    return "# " + topic + "\n\nAll about " + topic + ". " + "It works as one expects. ".repeat(10);
  }

  static Map<String, String> files(int count) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      files.put("docs/part" + i % 7 + "/page" + i + ".md", section("topic " + i));
    }
    return files;
  }

  String add() throws InterruptedException {
    Libraries.AddOutcome outcome = libraries.add(git.folder().toString(), null);
    String id = assertInstanceOf(Libraries.AddOutcome.Added.class, outcome).library().id();
    assertInstanceOf(Libraries.Discovery.Discovered.class, libraries.discover(id));
    return id;
  }

  TestControl.Report index(String id, String version)
      throws JobFailed, JobStopped, InterruptedException {
    TestControl control = new TestControl();
    task.run(TestControl.job(id, version), control);
    return control.last();
  }

  LibraryVersion version(String id, String name) {
    return Objects.requireNonNull(
        Objects.requireNonNull(libraries.find(id)).version(name), "version " + name);
  }

  long count(String table) {
    return storage
        .readers()
        .read(reader -> {
          try (ResultSet row = reader.prepare("select count(*) from " + table).executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  SnippetScopes.Scope scope(String id, String version) {
    return assertInstanceOf(
        SnippetScopes.Scope.class, new SnippetScopes(storage.readers()).of(id, version));
  }

  static ObjectId blob(ObjectInserter inserter, String text) throws IOException {
    return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
  }

  static Map<String, String> many(int count) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      files.put("data/" + i + ".png", "");
    }
    return files;
  }

  static String failure(IndexTask task, String id, String version) {
    return String.valueOf(
        assertThrows(
                JobFailed.class, () -> task.run(TestControl.job(id, version), new TestControl()))
            .getMessage());
  }
}

package dev.tidemark.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTaskTest {
  private static final GitLimits SMALL =
      new GitLimits(1 << 20, 4 << 20, 10_000, 1 << 20, 500, 100, 4_096, 100, 6, 50);

  @TempDir Path temporary;

  private Storage storage;
  private LibraryRules rules;
  private Libraries libraries;
  private IndexTask task;
  private GitFixture git;

  @BeforeEach
  void open() throws IOException {
    storage = new Storage(DataFolder.open(temporary.resolve("data")), Clock.systemUTC());
    git = new GitFixture(temporary.resolve("acme/tool.git"));
    rules = new LibraryRules(List.of(temporary));
    libraries = libraries(GitLimits.DEFAULT, SplitSize.DEFAULT);
    task = new IndexTask(libraries);
  }

  private Libraries libraries(GitLimits limits, SplitSize size) {
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

  private static String section(String topic) {
    return "# " + topic + "\n\nAll about " + topic + ". " + "It works as one expects. ".repeat(10);
  }

  private static Map<String, String> files(int count) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      files.put("docs/part" + i % 7 + "/page" + i + ".md", section("topic " + i));
    }
    return files;
  }

  private String add() throws InterruptedException {
    Libraries.AddOutcome outcome = libraries.add(git.folder().toString(), null);
    String id = assertInstanceOf(Libraries.AddOutcome.Added.class, outcome).library().id();
    assertInstanceOf(Libraries.Discovery.Discovered.class, libraries.discover(id));
    return id;
  }

  private TestControl.Report index(String id, String version)
      throws JobFailed, JobStopped, InterruptedException {
    TestControl control = new TestControl();
    task.run(TestControl.job(id, version), control);
    return control.last();
  }

  private LibraryVersion version(String id, String name) {
    return Objects.requireNonNull(
        Objects.requireNonNull(libraries.find(id)).version(name), "version " + name);
  }

  private long count(String table) {
    return storage
        .readers()
        .read(reader -> {
          try (ResultSet row = reader.prepare("select count(*) from " + table).executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private SnippetScopes.Scope scope(String id, String version) {
    return assertInstanceOf(
        SnippetScopes.Scope.class, new SnippetScopes(storage.readers()).of(id, version));
  }

  @Test
  void a_start_takes_away_copies_of_repositories_whose_library_is_gone() throws Exception {
    Path gone = temporary.resolve("data/repositories/gone.git");
    Files.createDirectories(gone);
    Files.createFile(gone.resolve("HEAD"));
    libraries.tidyUp();
    assertFalse(Files.exists(gone));
  }

  @Test
  void a_tag_is_indexed_and_becomes_readable_with_its_files_and_snippets() throws Exception {
    git.tag("v1", files(30));
    String id = add();
    assertEquals("acme-tool", id);
    assertEquals(LibraryVersion.State.DISCOVERED, version(id, "v1").state());
    TestControl.Report report = index(id, "v1");
    assertEquals(new TestControl.Report("done", 30, 30, 0, 30, 0), report);
    LibraryVersion indexed = version(id, "v1");
    assertEquals(LibraryVersion.State.INDEXED, indexed.state());
    assertEquals(30, indexed.files());
    assertEquals(30, indexed.snippets());
    assertEquals(1_700_000_000_000L, indexed.committedAt());
    assertEquals(30, scope(id, "v1").snippetNumbers().cardinality());
  }

  @Test
  void the_second_tag_costs_only_what_changed() throws Exception {
    Map<String, String> files = files(40);
    git.tag("v1", files);
    files.put("docs/part0/page0.md", section("something else"));
    files.put("docs/new.md", section("news"));
    git.tag("v2", files);
    String id = add();
    index(id, "v1");
    TestControl.Report second = index(id, "v2");
    assertEquals(41, second.total());
    assertEquals(39, second.reused(), "all but the two new ones");
    assertEquals(42, count("snippet"));
    assertEquals(42, count("blob"));
    assertEquals(41, scope(id, "v2").snippetNumbers().cardinality());
    assertEquals(40, scope(id, "v1").snippetNumbers().cardinality());
  }

  @Test
  void an_unchanged_tag_is_not_read_again() throws Exception {
    String commit = git.tag("v1", files(20));
    git.annotate("same", commit);
    String id = add();
    index(id, "v1");
    long works = storage.writer().works();
    assertEquals("unchanged", index(id, "v1").stage());
    assertEquals(1, storage.writer().works() - works, "one row is updated");
    assertEquals("unchanged", index(id, "same").stage(), "another tag of the same commit");
    assertEquals(commit, version(id, "same").commit(), "annotated tags are peeled");
    assertEquals(1, count("tree"));
    assertEquals(20, version(id, "same").files());
  }

  @Test
  void a_stopped_job_keeps_what_it_stored_and_shows_nothing_of_it() throws Exception {
    git.tag("v1", files(90));
    String id = add();
    assertThrows(JobStopped.class, () -> task.run(TestControl.job(id, "v1"), new TestControl(60)));
    long stored = count("blob");
    assertTrue(stored > 0 && stored < 90, "stored: " + stored);
    assertNull(version(id, "v1").files());
    assertInstanceOf(
        SnippetScopes.Unknown.class, new SnippetScopes(storage.readers()).of(id, "v1"));
    assertTrue(new SnippetScopes(storage.readers()).anyIndexed().isEmpty());
    libraries.sweeper().sweep();
    assertEquals(stored, count("blob"), "sweeping leaves what a job may go on with");
    TestControl.Report report = index(id, "v1");
    assertEquals(90, report.total());
    assertEquals(90, report.done());
    assertEquals(90, scope(id, "v1").snippetNumbers().cardinality());
    assertEquals(90, count("blob"));
  }

  @Test
  void a_moved_tag_is_noticed_and_indexed_anew_while_the_old_content_stays_readable()
      throws Exception {
    git.tag("v1", files(10));
    String id = add();
    index(id, "v1");
    git.tag("v1", files(12));
    Libraries.Discovery.Discovered found =
        assertInstanceOf(Libraries.Discovery.Discovered.class, libraries.discover(id));
    assertEquals(0, found.added());
    assertEquals(1, found.moved());
    assertEquals(LibraryVersion.State.DISCOVERED, version(id, "v1").state());
    assertEquals(10, scope(id, "v1").snippetNumbers().cardinality());
    index(id, "v1");
    assertEquals(12, scope(id, "v1").snippetNumbers().cardinality());
    libraries.sweeper().sweep();
    assertEquals(1, count("tree"));
    assertEquals(12, count("tree_file"));
  }

  @Test
  void a_tag_that_moves_between_discovery_and_indexing_is_indexed_as_it_is() throws Exception {
    git.tag("v1", files(3));
    String id = add();
    String commit = git.tag("v1", files(5));
    index(id, "v1");
    assertEquals(commit, version(id, "v1").commit());
    assertEquals(5, version(id, "v1").files());
  }

  @Test
  void tags_indexed_side_by_side_share_their_work() throws Exception {
    Map<String, String> files = files(120);
    for (int i = 0; i < 4; i++) {
      files.put("docs/changes.md", section("changes of " + i));
      git.tag("v" + i, files);
    }
    String id = add();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Callable<TestControl.Report>> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String version = "v" + i;
        jobs.add(() -> index(id, version));
      }
      long fresh = 0;
      for (Future<TestControl.Report> job : pool.invokeAll(jobs)) {
        assertEquals(121, job.get().done());
        assertEquals(121, job.get().snippets());
        fresh += job.get().snippets() - job.get().reused();
      }
      assertEquals(124, fresh, "each snippet is new to one job only");
    }
    assertEquals(124, count("blob"));
    assertEquals(124, count("snippet"));
  }

  @Test
  void the_same_tag_indexed_twice_at_once_comes_to_one_tree() throws Exception {
    git.tag("v1", files(60));
    git.tag("v1-again", files(60));
    git.point("v2", Objects.requireNonNull(git.repository().resolve("refs/tags/v1")));
    String id = add();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Callable<TestControl.Report>> jobs =
          List.of(() -> index(id, "v1"), () -> index(id, "v2"));
      for (Future<TestControl.Report> job : pool.invokeAll(jobs)) {
        assertEquals(60, job.get().done());
      }
    }
    assertEquals(1, count("tree"));
    assertEquals(60, scope(id, "v2").snippetNumbers().cardinality());
  }

  @Test
  void removing_a_library_takes_away_everything_that_no_other_one_holds() throws Exception {
    git.tag("v1", files(20));
    String id = add();
    index(id, "v1");
    try (GitFixture other = new GitFixture(temporary.resolve("acme/other.git"))) {
      Map<String, String> files = files(5);
      files.put("own.md", section("own"));
      other.tag("v1", files);
      libraries.add(other.folder().toString(), "Other");
      libraries.discover("acme-other");
      assertEquals(5, index("acme-other", "v1").reused());
    }
    assertEquals(21, count("snippet"));
    assertTrue(libraries.remove(id));
    assertFalse(libraries.remove(id));
    assertNull(libraries.find(id));
    libraries.sweeper().sweep();
    assertEquals(6, count("snippet"));
    assertEquals(6, count("blob"));
    assertEquals(6, count("blob_snippet"));
    assertEquals(1, count("tree"));
    assertEquals(6, new SnippetScopes(storage.readers()).anyIndexed().cardinality());
  }

  @Test
  void a_library_removed_while_it_is_indexed_fails_the_job_and_leaves_nothing() throws Exception {
    git.tag("v1", files(90));
    String id = add();
    assertThrows(JobStopped.class, () -> task.run(TestControl.job(id, "v1"), new TestControl(40)));
    libraries.remove(id);
    JobFailed failed = assertThrows(JobFailed.class, () -> index(id, "v1"));
    assertEquals("The library was removed.", failed.getMessage());
    libraries.sweeper().sweep();
    assertEquals(0, count("blob") + count("tree") + count("snippet") + count("tree_file"));
  }

  @Test
  void links_submodules_and_dangerous_names_are_counted_and_never_followed() throws Exception {
    String commit =
        git.commitTree(inserter -> {
          ObjectId page = blob(inserter, section("safe"));
          TreeFormatter evil = new TreeFormatter();
          evil.append("stolen.md", FileMode.REGULAR_FILE, page);
          ObjectId inner = inserter.insert(evil);
          TreeFormatter root = new TreeFormatter();
          root.append("..", FileMode.TREE, inner);
          root.append(".GIT", FileMode.TREE, inner);
          root.append(".git", FileMode.TREE, inner);
          root.append("git~1", FileMode.TREE, inner);
          root.append("link.md", FileMode.SYMLINK, blob(inserter, "/etc/passwd"));
          root.append("page.md", FileMode.REGULAR_FILE, page);
          root.append("sub", FileMode.GITLINK, ObjectId.zeroId().copy());
          root.append("x\\y.md", FileMode.REGULAR_FILE, page);
          return inserter.insert(root);
        });
    git.point("v1", ObjectId.fromString(commit));
    String id = add();
    TestControl.Report report = index(id, "v1");
    assertEquals(new TestControl.Report("done", 8, 8, 7, 1, 0), report);
    String skipped =
        storage
            .readers()
            .read(reader -> {
              try (ResultSet row = reader.prepare("select skipped from tree").executeQuery()) {
                row.next();
                return row.getString(1);
              }
            });
    assertEquals("submodule 1, symbolic link 1, unsafe name 5", skipped);
  }

  private static ObjectId blob(ObjectInserter inserter, String text) throws IOException {
    return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void binary_files_and_pointers_are_passed_over_and_not_read_again() throws Exception {
    Map<String, String> files = files(2);
    files.put("a.md", "\u0000\u0001binary");
    files.put("b.md", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n");
    git.tag("v1", files);
    String id = add();
    assertEquals(2, index(id, "v1").skipped());
    assertEquals(2, version(id, "v1").files());
    files.put("c.md", section("c"));
    git.tag("v2", files);
    libraries.discover(id);
    TestControl.Report second = index(id, "v2");
    assertEquals(2, second.skipped());
    assertEquals(2, second.reused());
  }

  @Test
  void limits_are_named_in_the_refusal_or_pass_files_over() throws Exception {
    Libraries limited = libraries(SMALL, SplitSize.DEFAULT);
    Map<String, String> files = files(3);
    files.put("large.md", "x ".repeat(5_000));
    files.put("a/".repeat(10) + "deep.md", section("deep"));
    files.put("p".repeat(120) + ".md", section("long"));
    git.tag("odd", files);
    git.tag("many-files", files(150));
    git.tag("many-entries", many(600));
    String id = add();
    try (IndexTask own = new IndexTask(limited)) {
      TestControl control = new TestControl();
      own.run(TestControl.job(id, "odd"), control);
      assertEquals(new TestControl.Report("done", 6, 6, 3, 3, 0), control.last());
      assertTrue(failure(own, id, "many-files").contains("100 files"));
      assertTrue(failure(own, id, "many-entries").contains("500 entries"));
    }
    for (int i = 0; i < 60; i++) {
      git.tag("t" + i, Map.of("a.md", "a"));
    }
    Libraries.Discovery.Failed failed =
        assertInstanceOf(Libraries.Discovery.Failed.class, limited.discover(id));
    assertTrue(failed.sentence().contains("50 tags"));
  }

  private static Map<String, String> many(int count) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      files.put("data/" + i + ".png", "");
    }
    return files;
  }

  private static String failure(IndexTask task, String id, String version) {
    return String.valueOf(
        assertThrows(
                JobFailed.class, () -> task.run(TestControl.job(id, version), new TestControl()))
            .getMessage());
  }

  @Test
  void a_write_error_fails_the_job_it_belongs_to_with_its_message_and_no_other() throws Exception {
    Map<String, String> files = files(30);
    git.tag("good", files);
    files.put("docs/bad.md", section("poison"));
    git.tag("bad", files);
    String id = add();
    refuseSnippetsTitled("poison");
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<TestControl.Report> good = pool.submit(() -> index(id, "good"));
      Future<TestControl.Report> bad = pool.submit(() -> index(id, "bad"));
      assertEquals(30, good.get().done());
      ExecutionException failed = assertThrows(ExecutionException.class, bad::get);
      assertInstanceOf(JobFailed.class, failed.getCause());
      assertTrue(String.valueOf(failed.getMessage()).contains("no poison here"));
    }
    assertEquals(30, version(id, "good").files());
    assertNull(version(id, "bad").files());
  }

  private void refuseSnippetsTitled(String title) {
    storage
        .writer()
        .submit(
            0,
            transaction -> {
              transaction
                  .prepare(
                      "create trigger refuse before insert on snippet when new.title = '"
                          + title
                          + "' begin select raise(abort, 'no poison here'); end")
                  .execute();
              return new Verdict.Keep<>(true);
            })
        .join();
  }

  @Test
  void a_folder_bomb_is_refused() throws Exception {
    String commit =
        git.commitTree(inserter -> {
          ObjectId tree = blobTree(inserter);
          for (int depth = 0; depth < 5; depth++) {
            TreeFormatter formatter = new TreeFormatter();
            for (int i = 0; i < 9; i++) {
              formatter.append("d" + i, FileMode.TREE, tree);
            }
            tree = inserter.insert(formatter);
          }
          return tree;
        });
    git.point("v1", ObjectId.fromString(commit));
    String id = add();
    try (IndexTask own = new IndexTask(libraries(SMALL, SplitSize.DEFAULT))) {
      assertTrue(failure(own, id, "v1").contains("is the limit"));
    }
  }

  private static ObjectId blobTree(ObjectInserter inserter) throws IOException {
    TreeFormatter formatter = new TreeFormatter();
    for (int i = 0; i < 9; i++) {
      formatter.append("f" + i + ".md", FileMode.REGULAR_FILE, blob(inserter, "bomb"));
    }
    return inserter.insert(formatter);
  }

  @Test
  void a_large_file_is_stored_in_several_transactions_and_complete_at_the_end() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      text.append("# Part ").append(i).append("\n\n").append(section("x" + i).substring(2));
      text.append("\n\n");
    }
    git.tag("v1", Map.of("large.md", text.toString()));
    String id = add();
    assertThrows(JobStopped.class, () -> task.run(TestControl.job(id, "v1"), new TestControl(12)));
    assertEquals(1, count("blob"));
    assertEquals(0, count("blob where complete = 1"));
    assertTrue(count("snippet") > 0);
    index(id, "v1");
    assertEquals(600, count("snippet"));
    assertEquals(600, scope(id, "v1").snippetNumbers().cardinality());
  }

  @Test
  void many_files_of_one_content_are_one_blob() throws Exception {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      files.put("a/" + i + ".md", section("same"));
      files.put("b/" + i + ".md", "");
    }
    git.tag("v1", files);
    String id = add();
    TestControl.Report report = index(id, "v1");
    assertEquals(1_000, report.done());
    assertEquals(2, count("blob"));
    assertEquals(1_000, count("tree_file"));
    assertEquals(1, version(id, "v1").snippets());
  }

  @Test
  void other_rules_index_anew_and_the_old_tree_is_swept() throws Exception {
    git.tag("v1", files(10));
    String id = add();
    index(id, "v1");
    libraries = libraries(GitLimits.DEFAULT, new SplitSize(100, 150, 10));
    try (IndexTask own = new IndexTask(libraries)) {
      own.run(TestControl.job(id, "v1"), new TestControl());
    }
    libraries.sweeper().sweep();
    assertEquals(1, count("tree"));
    assertEquals(10, count("blob"));
    assertEquals(10, version(id, "v1").files());
  }

  @Test
  void a_repository_in_place_is_never_written_to() throws Exception {
    git.tag("v1", files(10));
    Map<Path, FileTime> before = times();
    String id = add();
    index(id, "v1");
    assertEquals(before, times());
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(git.folder())) {
      for (Path path : walk.toList()) {
        times.put(path, Files.getLastModifiedTime(path));
      }
    }
    return times;
  }

  @Test
  void a_repository_that_borrows_objects_from_outside_is_refused() throws Exception {
    git.tag("v1", files(2));
    String id = add();
    Path alternates = git.folder().resolve("objects/info/alternates");
    Files.createDirectories(alternates.getParent());
    Files.writeString(alternates, "/usr\n");
    Libraries.Discovery.Failed failed =
        assertInstanceOf(Libraries.Discovery.Failed.class, libraries.discover(id));
    assertTrue(failed.sentence().contains("outside"));
  }

  @Test
  void a_tag_that_leads_to_no_commit_is_no_version() throws Exception {
    git.tag("v1", files(1));
    git.commitTree(inserter -> {
      ObjectId blob = blob(inserter, "x");
      inserter.flush();
      git.point("blob", blob);
      return blobTree(inserter);
    });
    String id = add();
    assertEquals(1, Objects.requireNonNull(libraries.find(id)).versions().size());
  }

  @Test
  void a_tag_that_is_gone_is_forgotten_unless_it_was_indexed() throws Exception {
    git.tag("v1", files(1));
    git.tag("v2", files(2));
    String id = add();
    index(id, "v1");
    for (String tag : List.of("v1", "v2")) {
      var update = git.repository().updateRef(Constants.R_TAGS + tag);
      update.setForceUpdate(true);
      update.delete();
    }
    libraries.discover(id);
    Library library = Objects.requireNonNull(libraries.find(id));
    assertNotNull(library.version("v1"));
    assertNull(library.version("v2"));
    JobFailed failed = assertThrows(JobFailed.class, () -> index(id, "v1"));
    assertTrue(String.valueOf(failed.getMessage()).contains("no such tag"));
    assertEquals(1, scope(id, "v1").snippetNumbers().cardinality());
  }

  @Test
  void the_newest_version_is_taken_when_none_is_named() throws Exception {
    git.tag("v9", files(1));
    git.tag("v10", files(2));
    git.tag("v11-not-indexed", files(3));
    String id = add();
    index(id, "v10");
    index(id, "v9");
    SnippetScopes scopes = new SnippetScopes(storage.readers());
    assertEquals("v10", assertInstanceOf(SnippetScopes.Scope.class, scopes.of(id, null)).version());
    assertInstanceOf(SnippetScopes.Unknown.class, scopes.of(id, "v11-not-indexed"));
    assertInstanceOf(SnippetScopes.Unknown.class, scopes.of("nobody", null));
  }

  @Test
  void a_snippet_stands_in_the_newest_version_or_in_the_one_asked_for() throws Exception {
    git.tag("v1", Map.of("a.md", "\n\n" + section("one")));
    git.tag("v2", Map.of("b.md", "\n\n" + section("one")));
    String id = add();
    index(id, "v1");
    index(id, "v2");
    SnippetScopes scopes = new SnippetScopes(storage.readers());
    long snippet = scope(id, "v1").snippetNumbers().nextSetBit(0);
    assertEquals(
        Map.of(snippet, new SnippetPlace(id, "v2", "b.md", 5)),
        scopes.places(List.of(snippet, 999L), null));
    assertEquals(
        new SnippetPlace(id, "v1", "a.md", 5),
        scopes.places(List.of(snippet), scope(id, "v1")).get(snippet));
  }

  @Test
  void ids_are_slugs_and_a_source_is_one_library() throws Exception {
    Files.createDirectories(temporary.resolve("x"));
    try (GitFixture second = new GitFixture(temporary.resolve("x/acme/Tool"));
        GitFixture third = new GitFixture(temporary.resolve("y/acme/tool"))) {
      git.tag("v1", files(1));
      String first = add();
      Libraries.AddOutcome again = libraries.add(git.folder().toString(), "Other title");
      assertEquals(
          first, assertInstanceOf(Libraries.AddOutcome.Exists.class, again).library().id());
      assertEquals("acme-tool-2", added(second.folder()).id());
      assertEquals("acme-tool-3", added(third.folder()).id());
      assertNotEquals("", added(Files.createDirectories(temporary.resolve("日本"))).id());
    }
    assertInstanceOf(Libraries.AddOutcome.Refused.class, libraries.add("file:///etc", null));
    assertInstanceOf(
        Libraries.AddOutcome.Refused.class, libraries.add(git.folder().toString(), "a\nb"));
  }

  private Library added(Path folder) {
    return assertInstanceOf(
            Libraries.AddOutcome.Added.class, libraries.add(folder.toString(), null))
        .library();
  }
}

package dev.tidemark.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.library.git.GitLimits;
import dev.tidemark.server.library.split.SplitSize;
import dev.tidemark.server.storage.Storage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Indexing versions, again, side by side, and after it was stopped. */
class IndexTaskTest extends IndexFixture {
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
    // Rules change with the program, so between two starts: a sweeper of before ends with its
    // storage.
    storage.close();
    storage = new Storage(DataFolder.open(temporary.resolve("data")), Clock.systemUTC());
    libraries = libraries(GitLimits.DEFAULT, new SplitSize(100, 150, 10));
    try (IndexTask own = new IndexTask(libraries)) {
      own.run(TestControl.job(id, "v1"), new TestControl());
    }
    libraries.sweeper().sweep();
    assertEquals(1, count("tree"));
    assertEquals(10, count("blob"));
    assertEquals(10, version(id, "v1").files());
  }
}

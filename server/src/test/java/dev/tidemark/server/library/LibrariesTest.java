package dev.tidemark.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.jobs.JobControl;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobStopped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.Test;

/** The registry: which libraries and versions there are, and that nothing of removed ones stays. */
class LibrariesTest extends IndexFixture {
  @Test
  void a_start_takes_away_copies_of_repositories_whose_library_is_gone() throws Exception {
    Path gone = temporary.resolve("data/repositories/gone.git");
    Files.createDirectories(gone);
    Files.createFile(gone.resolve("HEAD"));
    libraries.tidyUp();
    assertFalse(Files.exists(gone));
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
  void sweeping_goes_on_after_a_row_that_could_not_be_deleted() throws Exception {
    git.tag("v1", files(5));
    String id = add();
    index(id, "v1");
    write(
        "create trigger refuse before delete on tree_file begin"
            + " select raise(abort, 'not now'); end");
    libraries.remove(id);
    awaitIdleSweeper();
    write("drop trigger refuse");
    libraries.sweeper().request();
    awaitIdleSweeper();
    assertEquals(0, count("tree") + count("blob") + count("snippet"));
  }

  private void write(String sql) {
    storage
        .writer()
        .submit(
            0,
            transaction -> {
              transaction.prepare(sql).execute();
              return new Verdict.Keep<>(true);
            })
        .join();
  }

  private static void awaitIdleSweeper() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("library-sweep")) {
        thread.join();
      }
    }
  }

  @Test
  void removing_a_library_of_many_tags_takes_short_transactions() throws Exception {
    ObjectId commit = ObjectId.fromString(git.tag("v1", files(1)));
    for (int i = 0; i < 250; i++) {
      git.point("t" + i, commit);
    }
    String id = add();
    index(id, "v1");
    long before = storage.writer().works();
    assertTrue(libraries.remove(id));
    long works = storage.writer().works() - before;
    assertTrue(works >= 4, works + ", of three for the versions and one for the library");
    assertNull(libraries.find(id));
    assertEquals(0, count("library_version"));
  }

  @Test
  void content_that_is_swept_just_before_it_is_linked_is_stored_again() throws Exception {
    git.tag("v1", files(10));
    index(add(), "v1");
    write("delete from library_version"); // as remove() does, but the sweeping comes later
    write("delete from library");
    String id = add();
    AtomicInteger checkpoints = new AtomicInteger();
    TestControl counted = new TestControl();
    JobControl control =
        new JobControl() {
          @Override
          public void checkpoint() throws JobStopped {
            counted.checkpoint();
            if (checkpoints.incrementAndGet() == 2) { // what is stored was looked at by now
              sweep();
            }
          }

          @Override
          public void progress(
              String stage, long total, long done, long skipped, long snippets, long reused) {
            counted.progress(stage, total, done, skipped, snippets, reused);
          }
        };
    task.run(TestControl.job(id, "v1"), control);
    assertEquals(10, version(id, "v1").files());
    assertEquals(10, scope(id, "v1").snippetNumbers().cardinality());
    assertEquals(10, counted.last().done());
  }

  private void sweep() {
    try {
      libraries.sweeper().sweep();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_full_disk_is_told_in_words_and_the_next_job_goes_on() throws Exception {
    git.tag("v1", files(400));
    String id = add();
    storage
        .writer()
        .submit(
            0,
            transaction -> {
              transaction.prepare("pragma max_page_count = 1").executeQuery().close();
              return new Verdict.Keep<>(true);
            })
        .join();
    JobFailed failed = assertThrows(JobFailed.class, () -> index(id, "v1"));
    assertEquals("The server's disk is full; what was indexed so far stays.", failed.getMessage());
    index(id, "v1"); // after a failure the connection is a new one, without the limit
    assertEquals(400, version(id, "v1").files());
  }

  @Test
  void many_tags_that_are_gone_are_forgotten_in_short_transactions() throws Exception {
    String commit = git.tag("v1", files(1));
    ObjectId object = ObjectId.fromString(commit);
    for (int i = 0; i < 250; i++) {
      git.point("gone" + i, object);
    }
    String id = add();
    assertEquals(251, Objects.requireNonNull(libraries.find(id)).versions().size());
    for (int i = 0; i < 250; i++) {
      RefUpdate update = git.repository().updateRef("refs/tags/gone" + i);
      update.setForceUpdate(true);
      update.delete();
    }
    long before = storage.writer().works();
    libraries.discover(id);
    assertEquals(1, Objects.requireNonNull(libraries.find(id)).versions().size());
    long works = storage.writer().works() - before;
    assertTrue(works >= 4, works + ", of three for the versions and one for the time");
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

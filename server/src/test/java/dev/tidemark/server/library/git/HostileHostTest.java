package dev.tidemark.server.library.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.library.source.LibraryRules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that tell of what no repository holds, or never come to an end. */
class HostileHostTest {
  private static final LibraryRules OPEN =
      new LibraryRules(List.of(), address -> true, InetAddress::getAllByName, true);

  @TempDir Path temporary;

  private GitFixture git;
  private GitHost host;
  private GitRepositories repositories;

  @BeforeEach
  void open() throws IOException {
    git = new GitFixture(temporary.resolve("host.git"));
    host = new GitHost(git.repository());
    repositories = new GitRepositories(temporary.resolve("data/mirrors"), OPEN, GitLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    host.close();
    git.close();
  }

  private GitRepository fetch(String tag) throws GitFailed, InterruptedException {
    return repositories.open("tool", host.address(), tag, () -> false);
  }

  private String failure(String tag) {
    return String.valueOf(assertThrows(GitFailed.class, () -> fetch(tag)).getMessage());
  }

  private List<String> names() throws GitFailed, InterruptedException {
    return repositories.tags("tool", host.address()).stream().map(GitTag::name).sorted().toList();
  }

  private List<Path> filesNamed(String part) throws IOException {
    try (Stream<Path> walk = Files.walk(temporary)) {
      return walk.filter(path -> path.getFileName().toString().contains(part)).toList();
    }
  }

  @Test
  void a_tag_with_a_name_that_git_forbids_is_no_version_and_writes_nothing() throws Exception {
    ObjectId commit = ObjectId.fromString(git.tag("v1", Map.of("a.md", "# A\n\nSomething.")));
    for (String name :
        List.of(
            "../../../../evil", "*", "a*", "x/../../../evil", "evil.lock", "a//evil", "evil/")) {
      host.tellOf(Constants.R_TAGS + name, commit);
    }
    assertEquals(List.of("v1"), names());
    assertEquals(List.of(), filesNamed("evil"));
    for (String name : List.of("../../../../evil", "*", "a*", "evil/")) {
      assertEquals("The repository has no such tag (any more).", failure(name), name);
    }
    assertEquals(List.of(), filesNamed("evil"));
    fetch("v1").close();
  }

  private void delete(String tag) throws IOException {
    RefUpdate update = git.repository().updateRef(Constants.R_TAGS + tag);
    update.setForceUpdate(true);
    update.delete();
  }

  @Test
  void a_tag_below_a_name_that_was_a_tag_before_can_be_fetched() throws Exception {
    String commit = git.tag("v1", Map.of("a.md", "# A\n\nSomething."));
    fetch("v1").close();
    delete("v1");
    git.point("v1/x", ObjectId.fromString(commit));
    try (GitRepository repository = fetch("v1/x")) {
      assertNotNull(repository.tag("v1/x"));
    }
    delete("v1/x");
    git.point("v1", ObjectId.fromString(commit));
    try (GitRepository repository = fetch("v1")) {
      assertNotNull(repository.tag("v1"));
    }
  }

  @Test
  void a_tag_that_leads_to_no_commit_is_no_version_and_costs_no_other_its_time() throws Exception {
    git.tag("v1", Map.of("a.md", "# A\n\nSomething."));
    try (ObjectInserter inserter = git.repository().newObjectInserter()) {
      ObjectId key = inserter.insert(Constants.OBJ_BLOB, "key".getBytes(StandardCharsets.UTF_8));
      inserter.flush();
      git.point("key", key);
    }
    List<GitTag> tags = repositories.tags("tool", host.address());
    assertEquals(List.of("v1"), tags.stream().map(GitTag::name).toList());
    assertEquals(1_700_000_000_000L, tags.getFirst().committedAtMillis());
  }

  /** Answers with refs, one after the other, and calls back after each. */
  private void tellOfRefs(int count, boolean packed, Runnable afterEach) {
    host.answerWith(exchange -> {
      exchange
          .getResponseHeaders()
          .add("Content-Type", "application/x-git-upload-pack-advertisement");
      if (packed) {
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      }
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      try (OutputStream out = packed ? new GZIPOutputStream(body) : body) {
        out.write("001e# service=git-upload-pack\n0000".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < count; i++) {
          String ref = "0".repeat(39) + "7 refs/tags/" + (1_000_000 + i);
          String line = ref + (i == 0 ? "\0side-band-64k" : "") + "\n";
          String length = Integer.toHexString(0x10000 + line.length() + 4).substring(1);
          out.write((length + line).getBytes(StandardCharsets.UTF_8));
          afterEach.run();
        }
        out.write("0000".getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  private String failureOfListing() {
    return String.valueOf(assertThrows(GitFailed.class, this::names).getMessage());
  }

  @Test
  void a_flood_of_refs_is_ended_before_it_fills_the_memory() {
    tellOfRefs(1_000_000, false, () -> {});
    String sentence = failureOfListing();
    assertTrue(sentence.contains("limit of 32 MB"), sentence);
  }

  @Test
  void an_answer_that_would_unpack_to_a_flood_is_not_unpacked() {
    tellOfRefs(20_000, true, () -> {});
    String sentence = failureOfListing();
    assertTrue(sentence.contains("cannot be fetched"), sentence);
  }

  @Test
  void a_host_that_never_comes_to_an_end_is_left_when_the_job_is_stopped() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    AtomicInteger told = new AtomicInteger();
    tellOfRefs(
        100_000,
        false,
        () -> {
          told.incrementAndGet();
          LockSupport.parkNanos(left.getCount() == 0 ? 0 : 1_000_000);
        });
    GitFailed failed =
        assertThrows(
            GitFailed.class,
            () -> repositories.open("tool", host.address(), "v1", () -> told.get() > 10));
    left.countDown();
    assertEquals("The fetch was stopped.", failed.getMessage());
    assertTrue(told.get() < 100_000, "in the middle of the answer");
  }
}

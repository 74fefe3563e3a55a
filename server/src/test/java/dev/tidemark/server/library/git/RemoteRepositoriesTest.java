package dev.tidemark.server.library.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.library.source.AddressRule;
import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.SplitSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from a host, here one on the loopback interface, which the rules are opened for. */
class RemoteRepositoriesTest {
  private static final AddressRule ANY = address -> true;
  private static final LibraryRules OPEN =
      new LibraryRules(List.of(), ANY, InetAddress::getAllByName, true);

  @TempDir Path temporary;

  private GitFixture git;
  private GitHost host;
  private GitRepositories repositories;

  @BeforeEach
  void open() throws IOException {
    git = new GitFixture(temporary.resolve("host.git"));
    host = new GitHost(git.repository());
    repositories = repositories();
  }

  @AfterEach
  void close() {
    host.close();
    git.close();
  }

  private GitRepositories repositories(LibraryRules rules, GitLimits limits) {
    return new GitRepositories(temporary.resolve("mirrors"), rules, limits);
  }

  private GitRepositories repositories() {
    return repositories(OPEN, GitLimits.DEFAULT);
  }

  private static Map<String, String> files(int count) {
    Random random = new Random(3);
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("# Page " + i + "\n\n");
      for (int word = 0; word < 200; word++) {
        text.append(Integer.toString(random.nextInt(), 36)).append(' ');
      }
      files.put("docs/" + i + ".md", text.toString());
    }
    return files;
  }

  private static int filesOf(GitRepository repository, String tag) throws GitFailed {
    GitTag found = Objects.requireNonNull(repository.tag(tag));
    return repository.list(found.commit(), new FileRules(SplitSize.DEFAULT)).files().size();
  }

  @Test
  void tags_are_listed_with_their_times_and_without_fetching_files() throws Exception {
    String commit = git.tag("v1", files(50));
    git.annotate("v2", git.commit(files(60)));
    List<GitTag> tags =
        repositories().tags("tool", host.address()).stream()
            .sorted(Comparator.comparing(GitTag::name))
            .toList();
    assertEquals(2, tags.size());
    assertEquals(new GitTag("v1", commit, 1_700_000_000_000L), tags.getFirst());
    assertEquals(1_700_000_060_000L, tags.get(1).committedAtMillis());
    assertTrue(host.packBytes() < 3_000, "commits and tags only");
    assertFalse(Files.exists(temporary.resolve("mirrors/tool.tags.git")));
  }

  @Test
  void a_tag_is_fetched_without_history_and_the_next_one_brings_what_changed() throws Exception {
    Map<String, String> files = files(50);
    git.tag("v1", files);
    files.put("docs/new.md", "# New\n\nSomething.");
    git.tag("v2", files);
    try (GitRepository first = repositories().open("tool", host.address(), "v1", () -> false)) {
      assertEquals(50, filesOf(first, "v1"));
    }
    long whole = host.packBytes();
    try (GitRepository second = repositories().open("tool", host.address(), "v2", () -> false)) {
      assertEquals(51, filesOf(second, "v2"));
      assertEquals(50, filesOf(second, "v1"), "the first stays");
    }
    long changed = host.packBytes();
    assertTrue(changed < whole / 5, "first " + whole + " bytes, second " + changed);
  }

  @Test
  void a_tag_that_moved_is_fetched_again() throws Exception {
    git.tag("v1", files(5));
    repositories().open("tool", host.address(), "v1", () -> false).close();
    String commit = git.tag("v1", files(7));
    try (GitRepository again = repositories().open("tool", host.address(), "v1", () -> false)) {
      assertEquals(commit, Objects.requireNonNull(again.tag("v1")).commit());
      assertEquals(7, filesOf(again, "v1"));
    }
  }

  @Test
  void what_a_dead_process_left_in_the_mirror_is_cleared_away() throws Exception {
    git.tag("v1", files(5));
    repositories().open("tool", host.address(), "v1", () -> false).close();
    Path mirror = temporary.resolve("mirrors/tool.git");
    Files.createFile(mirror.resolve("shallow.lock"));
    Files.createDirectories(mirror.resolve("refs/tags"));
    Files.createFile(mirror.resolve("refs/tags/v2.lock"));
    git.tag("v2", files(6));
    try (GitRepository again = repositories().open("tool", host.address(), "v2", () -> false)) {
      assertEquals(6, filesOf(again, "v2"));
    }
    repositories().removeAllBut(Set.of());
    assertFalse(Files.exists(mirror));
  }

  private GitFailed failure(GitRepositories repositories, String tag) {
    return assertThrows(
        GitFailed.class, () -> repositories.open("tool", host.address(), tag, () -> false));
  }

  private static GitLimits limits(long fetchedBytes, int objects, long objectBytes) {
    return limits(fetchedBytes, 1L << 30, objects, objectBytes);
  }

  private static GitLimits limits(
      long fetchedBytes, long mirrorBytes, int objects, long objectBytes) {
    return new GitLimits(
        fetchedBytes, mirrorBytes, objects, objectBytes, 10_000, 10_000, 1 << 20, 500, 40, 100);
  }

  @Test
  void a_fetch_over_a_limit_is_ended_and_the_limit_is_named() throws Exception {
    git.tag("v1", files(50));
    git.tag("large", Map.of("large.md", "0123456789".repeat(30_000)));
    String bytes = failure(repositories(OPEN, limits(20_000, 1_000, 1 << 20)), "v1").getMessage();
    assertTrue(String.valueOf(bytes).contains("more bytes"), bytes);
    String objects = failure(repositories(OPEN, limits(1 << 20, 10, 1 << 20)), "v1").getMessage();
    assertTrue(String.valueOf(objects).contains("10 objects"), objects);
    String object = failure(repositories(OPEN, limits(1 << 20, 99, 100_000)), "large").getMessage();
    assertTrue(String.valueOf(object).contains("larger than the limit"), object);
  }

  private Path mirror(String library) {
    return temporary.resolve("mirrors/" + library + ".git");
  }

  private static Set<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .collect(Collectors.toSet());
    }
  }

  private int packs() throws IOException {
    return (int) filesBelow(mirror("tool")).stream().filter(name -> name.endsWith(".pack")).count();
  }

  @Test
  void a_fetch_beyond_what_a_library_may_take_on_disk_fails_and_leaves_nothing() throws Exception {
    git.tag("v1", files(20));
    Map<String, String> more = files(20);
    more.put("docs/large.md", "# Large\n\n" + String.join(" ", files(100).values()));
    git.tag("v2", more);
    GitRepositories small = repositories(OPEN, limits(1 << 20, 100_000, 1_000, 1 << 20));
    small.open("tool", host.address(), "v1", () -> false).close();
    Set<String> before = filesBelow(mirror("tool"));
    String sentence = String.valueOf(failure(small, "v2").getMessage());
    assertTrue(sentence.contains("on the server's disk, which is the limit"), sentence);
    assertEquals(before, filesBelow(mirror("tool")));
    try (GitRepository still = small.open("tool", host.address(), "v1", () -> false)) {
      assertEquals(20, filesOf(still, "v1"));
    }
    GitRepositories full = repositories(OPEN, limits(1 << 20, 5_000, 1_000, 1 << 20));
    assertTrue(String.valueOf(failure(full, "v1").getMessage()).contains("which is the limit"));
  }

  /** A tag more, fetched; every earlier one is in the mirror afterwards. */
  private void fetchTags(Map<String, String> files, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      files.put("docs/" + i + ".md", "# Page " + i + "\n\nSomething new.");
      git.tag("v" + i, files);
      repositories.open("tool", host.address(), "v" + i, () -> false).close();
    }
  }

  @Test
  void a_mirror_of_many_packs_is_packed_anew_and_keeps_every_tag() throws Exception {
    Map<String, String> files = files(5);
    fetchTags(files, 100, 101 + MirrorTidying.MAX_PACKS);
    assertEquals(MirrorTidying.MAX_PACKS + 1, packs());
    git.tag("v500", files);
    try (GitRepository reader = repositories.open("tool", host.address(), "v500", () -> false)) {
      assertTrue(packs() <= 3, packs() + " packs");
      assertEquals(6, filesOf(reader, "v100"));
      assertEquals(10, filesOf(reader, "v104"));
    }
    host.packBytes();
    fetchTags(files, 600, 601);
    assertTrue(host.packBytes() < 3_000, "only what is new comes afterwards, too");
  }

  @Test
  void a_mirror_is_not_packed_anew_while_somebody_reads_it() throws Exception {
    Map<String, String> files = files(5);
    fetchTags(files, 100, 110);
    try (GitRepository reader = repositories.open("tool", host.address(), "v100", () -> false)) {
      fetchTags(files, 110, 112 + MirrorTidying.MAX_PACKS);
      assertTrue(packs() > MirrorTidying.MAX_PACKS);
      assertEquals(6, filesOf(reader, "v100"));
    }
    fetchTags(files, 300, 301);
    assertTrue(packs() <= 3, packs() + " packs");
  }

  @Test
  void listing_tags_of_one_library_leaves_the_copies_of_all_others() throws Exception {
    git.tag("v1", files(3));
    repositories().open("tool.tags", host.address(), "v1", () -> false).close();
    repositories().tags("tool", host.address());
    assertTrue(Files.exists(mirror("tool.tags").resolve("HEAD")));
  }

  @Test
  void a_fetch_that_is_stopped_ends() throws Exception {
    git.tag("v1", files(50));
    assertThrows(
        GitFailed.class, () -> repositories().open("tool", host.address(), "v1", () -> true));
  }

  @Test
  void a_missing_tag_and_a_missing_repository_are_told_in_words() throws Exception {
    git.tag("v1", files(1));
    assertEquals(
        "The repository has no such tag (any more).", failure(repositories(), "v2").getMessage());
    GitFailed failed =
        assertThrows(
            GitFailed.class,
            () -> repositories().tags("tool", host.address().replace("tool", "absent")));
    assertNotNull(failed.getMessage());
    assertFalse(String.valueOf(failed.getMessage()).contains("127.0.0.1"));
  }

  @Test
  void a_redirect_to_an_address_that_the_rules_refuse_is_not_followed() throws Exception {
    git.tag("v1", files(1));
    for (String target : List.of("file:///etc", "http://u:p@127.0.0.1:1/x", "http://0x7f.1/x")) {
      host.redirectTo(target);
      GitFailed failed =
          assertThrows(GitFailed.class, () -> repositories().tags("tool", host.address()));
      assertFalse(String.valueOf(failed.getMessage()).contains("u:p"), target);
    }
  }

  @Test
  void a_name_that_answers_with_a_private_address_at_the_connection_is_refused() {
    // The rules are told a public address; the machine itself resolves the name to its loopback.
    LibraryRules rebinding =
        new LibraryRules(
            List.of(),
            AddressRule.PUBLIC,
            name -> new InetAddress[] {InetAddress.ofLiteral("93.184.216.34")},
            true);
    GitFailed failed =
        assertThrows(
            GitFailed.class,
            () ->
                repositories(rebinding, GitLimits.DEFAULT)
                    .tags("tool", "https://localhost:9/acme/tool"));
    assertTrue(String.valueOf(failed.getMessage()).contains("not a public one"));
  }

  @Test
  void sockets_connect_to_allowed_addresses_only() throws Exception {
    GuardedSocketFactory sockets =
        new GuardedSocketFactory(
            (SSLSocketFactory) SSLSocketFactory.getDefault(), AddressRule.PUBLIC);
    for (String address : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1")) {
      try (Socket socket = sockets.createSocket()) {
        assertThrows(
            RefusedConnection.class,
            () -> socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), 443), 100));
      }
    }
    assertThrows(IOException.class, () -> sockets.createSocket("example.org", 443));
  }
}

package dev.tidemark.server.library.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.GitFixture;
import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.FileText;
import dev.tidemark.server.library.split.SplitSize;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fetching over TLS from a host on the loopback interface. The rules refuse such addresses on
 * purpose, also at the connection, so these are opened for it; everything else is as it is served.
 */
class HttpsFetchTest {
  private static final String ITS_NAMES = "ip:127.0.0.1";

  @TempDir Path temporary;

  private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
  private GitFixture git;
  private GitRepositories repositories;

  @BeforeEach
  void open() throws IOException {
    git = new GitFixture(temporary.resolve("host.git"));
    git.tag("v1", Map.of("README.md", "# Tool\n\nFetched over TLS."));
    LibraryRules rules =
        new LibraryRules(List.of(), address -> true, InetAddress::getAllByName, true);
    repositories = new GitRepositories(temporary.resolve("mirrors"), rules, GitLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    git.close();
  }

  private static void trust(SSLContext context) {
    HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
  }

  private TestCertificate certificate(String names) throws Exception {
    return TestCertificate.make(temporary.resolve(names.replace(':', '-') + ".p12"), names);
  }

  @Test
  void tags_and_files_are_fetched_from_a_host_with_a_trusted_certificate() throws Exception {
    TestCertificate certificate = certificate(ITS_NAMES);
    trust(certificate.trustingIt());
    try (GitHost host = new GitHost(git.repository(), certificate.forHost())) {
      assertTrue(host.address().startsWith("https://"));
      assertEquals(List.of("v1"), names(repositories.tags("tool", host.address())));
      try (GitRepository fetched = repositories.open("tool", host.address(), "v1", () -> false)) {
        GitTag tag = Objects.requireNonNull(fetched.tag("v1"));
        GitFile file =
            fetched.list(tag.commit(), new FileRules(SplitSize.DEFAULT)).files().getFirst();
        assertEquals("README.md", file.path());
        assertEquals(
            new FileText.Answer.Text("# Tool\n\nFetched over TLS."), fetched.read(file.objectId()));
      }
      assertTrue(host.packBytes() > 0);
    }
  }

  private static List<String> names(List<GitTag> tags) {
    return tags.stream().map(GitTag::name).toList();
  }

  private void assertRefused(GitHost host) {
    GitFailed failed =
        assertThrows(GitFailed.class, () -> repositories.tags("tool", host.address()));
    assertEquals("The source's host has no valid certificate.", failed.getMessage());
    assertThrows(
        GitFailed.class, () -> repositories.open("tool", host.address(), "v1", () -> false));
    assertEquals(0, host.packBytes());
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
    try (GitHost host = new GitHost(git.repository(), certificate(ITS_NAMES).forHost())) {
      assertRefused(host);
    }
  }

  @Test
  void a_trusted_certificate_of_another_host_is_refused() throws Exception {
    TestCertificate certificate = certificate("dns:elsewhere.example");
    trust(certificate.trustingIt());
    try (GitHost host = new GitHost(git.repository(), certificate.forHost())) {
      assertRefused(host);
    }
  }
}

package dev.tidemark.server.library.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryRulesTest {
  @TempDir Path folder;

  private static final AddressRule.Resolver PUBLIC_NAMES =
      host -> {
        if (host.equals("absent.example.org")) {
          throw new UnknownHostException(host);
        }
        String address =
            host.equals("inside.example.org") || host.equals("rebinding.example.org")
                ? "10.1.2.3"
                : "93.184.216.34";
        return new InetAddress[] {InetAddress.ofLiteral(address)};
      };

  private static LibraryRules rules(Path... allowed) {
    return new LibraryRules(List.of(allowed), AddressRule.PUBLIC, PUBLIC_NAMES, false);
  }

  private static String refusal(LibraryRules rules, String source) {
    return assertInstanceOf(
            LibraryRules.Answer.Refused.class, rules.judge(source), "must be refused: " + source)
        .sentence();
  }

  private static String accepted(LibraryRules rules, String source) {
    return assertInstanceOf(LibraryRules.Answer.Accepted.class, rules.judge(source), source)
        .source()
        .text();
  }

  @Test
  void an_https_address_of_a_public_host_is_accepted_in_one_spelling() {
    assertEquals(
        "https://example.org/a/b.git", accepted(rules(), " HTTPS://Example.ORG.:443/a/b.git// "));
    assertEquals("https://example.org:8443/a/b", accepted(rules(), "https://example.org:8443/a/b"));
    assertEquals("https://93.184.216.34/a/b", accepted(rules(), "https://93.184.216.34/a/b"));
    assertEquals(
        "https://[2606:2800:220:1::1]/a", accepted(rules(), "https://[2606:2800:220:1::1]/a"));
  }

  @Test
  void a_name_that_resolves_to_nothing_now_is_left_to_the_reading() {
    assertEquals(
        "https://absent.example.org/a/b", accepted(rules(), "https://absent.example.org/a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc",
        "file://example.org/a/b",
        "ext::sh -c id",
        "ssh://git@example.org/a/b",
        "git@example.org:a/b.git",
        "git://example.org/a/b",
        "http://example.org/a/b",
        "ftp://example.org/a/b",
        "bundle:///a/b",
        "https:example.org/a",
        "https:///a/b",
        "//example.org/a/b",
        "example.org/a/b",
        "a/b",
        "../a/b",
        "./a",
        "~/a",
        "/etc",
        "C:\\repositories\\a",
        "",
        "   ",
        "javascript:alert(1)",
        "jar:https://example.org/a!/b"
      })
  void other_schemes_and_bare_paths_are_refused(String source) {
    refusal(rules(), source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--upload-pack=touch /tmp/x", "-u", "--https://example.org/a/b", "-"})
  void a_leading_dash_is_refused(String source) {
    assertTrue(refusal(rules(), source).contains("dash"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0177.1",
        "127.0.0.01",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "010.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "256.1.1.1",
        "1.2.3.4.5",
        "example.0x7f",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[ff02::1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:7f00:1::]",
        "[2002:a00:1::]",
        "[2001::1]",
        "[2001:db8::1]",
        "[100::1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "git.localhost",
        "printer.local",
        "inside.example.org",
        "xn--.",
        "１２７.0.0.1",
        "ⓛocalhost",
        "127。0。0。1",
        "127.0.0.1%2f",
        "%31%32%37.0.0.1",
        "a..b",
        "-a.example.org",
        "a_b.example.org"
      })
  void hosts_that_are_not_public_are_refused_in_any_spelling(String host) {
    refusal(rules(), "https://" + host + "/a/b");
    refusal(rules(), "https://" + host + ":8443/a/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:S3CRET@example.org/a/b",
        "https://S3CRET@example.org/a/b",
        "https://:S3CRET@example.org/a/b",
        "https://@example.org/a/S3CRET",
        "https://example.org/a/b?access_token=S3CRET",
        "https://example.org/a/b#S3CRET",
        "ssh://user:S3CRET@example.org/a"
      })
  void secrets_in_an_address_are_refused_and_never_repeated(String source) {
    assertFalse(refusal(rules(), source).contains("S3CRET"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "https://example.org/",
        "https://example.org/a/../b",
        "https://example.org/a/%2e%2e/b",
        "https://example.org/a%00b",
        "https://example.org/a%0d%0aHost:x",
        "https://example.org/a\nb",
        "https://example.org/a b",
        "https://example.org/a\\b"
      })
  void odd_paths_are_refused(String source) {
    refusal(rules(), source);
  }

  @Test
  void a_very_long_source_is_refused() {
    assertTrue(
        refusal(rules(), "https://example.org/" + "a".repeat(3_000)).contains("2000 characters"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_536, 99_999})
  void a_port_that_there_is_not_is_refused(int port) {
    String sentence = refusal(rules(), "https://example.org:" + port + "/acme/tool");
    assertTrue(sentence.contains("from 1 to 65535"), sentence);
  }

  @Test
  void a_redirect_is_judged_by_the_same_rules() {
    LibraryRules rules = rules();
    assertNotNull(rules.objectionTo(URI.create("http://example.org/a")));
    assertNotNull(rules.objectionTo(URI.create("https://10.0.0.1/a")));
    assertNotNull(rules.objectionTo(URI.create("https://u:p@example.org/a")));
    assertNotNull(rules.objectionTo(URI.create("file:///etc/passwd")));
    assertEquals(null, rules.objectionTo(URI.create("https://example.org/a/info/refs?service=x")));
  }

  @Test
  void a_folder_is_refused_unless_it_lies_below_an_allowed_one() throws IOException {
    Path allowed = folder.resolve("allowed");
    Path other = Files.createDirectories(folder.resolve("allowed-not/repo"));
    Path inner = Files.createDirectories(allowed.resolve("inner"));
    assertTrue(refusal(rules(), inner.toString()).contains("--libs-allow"));
    assertEquals(inner.toRealPath().toString(), accepted(rules(allowed), inner.toString()));
    assertTrue(refusal(rules(allowed), other.toString()).contains("--libs-allow"));
    assertTrue(refusal(rules(allowed), allowed + "/../allowed-not/repo").contains("--libs-allow"));
    assertTrue(refusal(rules(allowed), allowed + "/missing").contains("--libs-allow"));
    assertTrue(refusal(rules(allowed), "file://" + inner).contains("https://"));
  }

  @Test
  void a_symbolic_link_does_not_lead_out_of_an_allowed_folder() throws IOException {
    Path allowed = Files.createDirectories(folder.resolve("allowed"));
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path link = Files.createSymbolicLink(allowed.resolve("link"), outside);
    assertTrue(refusal(rules(allowed), link.toString()).contains("--libs-allow"));
  }
}

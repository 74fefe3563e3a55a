package dev.tidemark.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** Commands in processes of their own, beside a running server and without one. */
class CommandTest {
  @TempDir Path data;

  private static int status(int port, String token) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/session"))
              .header("Authorization", "Bearer " + token)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void tokens_are_made_beside_a_running_server_and_without_one() throws Exception {
    ServerProcess.Outcome before =
        ServerProcess.run("token", "--data", data.toString(), "--user", "ada", "--admin");
    assertEquals(0, before.status(), before.output());
    assertTrue(before.output().matches("tm_[A-Za-z0-9_-]{43}"), before.output());
    try (ServerProcess server = ServerProcess.serve(data)) {
      int port = server.readyPort();
      assertTrue(server.lineAfter("Set up: http://localhost:" + port + "/setup#").length() > 40);
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data.resolve("tidemark.sock"))));
      ServerProcess.Outcome beside =
          ServerProcess.run("token", "--data", data.toString(), "--user", "bob");
      assertEquals(0, beside.status(), beside.output());
      assertEquals(200, status(port, before.output()));
      assertEquals(200, status(port, beside.output()));
      ServerProcess.Outcome second =
          ServerProcess.run("serve", "--port", "0", "--data", data.toString());
      assertNotEquals(0, second.status());
      assertTrue(second.output().contains("is in use by another Tidemark server"), second.output());
      ServerProcess.Outcome check = ServerProcess.run("check", "--data", data.toString());
      assertEquals("2 events in 2 spaces, all sound", check.output());
      assertTrue(server.stopMillis() < 5_000);
    }
  }

  @Test
  void a_damaged_file_is_refused_with_the_way_to_mend_it() throws Exception {
    ServerProcess.run("token", "--data", data.toString(), "--user", "ada");
    Path file = data.resolve("tidemark.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4_096; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(file, bytes);
    ServerProcess.Outcome refused =
        ServerProcess.run("serve", "--port", "0", "--data", data.toString());
    assertNotEquals(0, refused.status());
    assertTrue(refused.output().contains("is damaged"), refused.output());
    assertTrue(refused.output().contains("restore the last backup"), refused.output());
  }

  @Test
  void an_option_may_stand_in_the_environment_or_in_a_file() {
    Defaults defaults = new Defaults(Map.of("TIDEMARK_TLS_CERT", "/c.pem", "TIDEMARK_PORT", "1"));
    OptionSpec option = OptionSpec.builder("--tls-cert").build();
    assertEquals("/c.pem", defaults.defaultValue(option));
  }

  @Test
  void a_version_in_the_environment_is_not_an_option() {
    Defaults defaults = new Defaults(Map.of("TIDEMARK_VERSION", "1.2", "TIDEMARK_HELP", "1"));
    assertNull(defaults.defaultValue(OptionSpec.builder("--version").build()));
    assertNull(defaults.defaultValue(OptionSpec.builder("--help").usageHelp(true).build()));
  }

  @Test
  void a_configuration_file_that_cannot_be_read_is_named_in_one_sentence() throws Exception {
    Path file = Files.writeString(data.resolve("broken"), "port=\\u12");
    for (Path path : List.of(file, data, data.resolve("nothing"))) {
      Map<String, String> environment = Map.of("TIDEMARK_CONFIG", path.toString());
      Defaults.Unreadable refused =
          assertThrows(Defaults.Unreadable.class, () -> new Defaults(environment));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith("The configuration file " + path), message);
    }
    ProcessBuilder start = ServerProcess.builder("stats");
    start.environment().put("TIDEMARK_CONFIG", file.toString());
    ServerProcess.Outcome outcome = ServerProcess.run(start);
    assertEquals(2, outcome.status(), outcome.output());
    assertEquals(1, outcome.output().lines().count(), outcome.output());
  }

  @Test
  void the_ready_line_names_an_address_that_a_browser_opens() {
    assertEquals("localhost", ServeCommand.shown("0.0.0.0"));
    assertEquals("localhost", ServeCommand.shown("::"));
    assertEquals("[::1]", ServeCommand.shown("::1"));
    assertEquals("[::1]", ServeCommand.shown("[::1]"));
    assertEquals("example.org", ServeCommand.shown("example.org"));
  }
}

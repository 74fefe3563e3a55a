package dev.tidemark.client.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
  @Test
  void a_page_of_the_app_is_found_under_its_own_name_or_as_the_one_page() {
    assertEquals(List.of("/"), opened("/"));
    assertEquals(List.of("/setup", "/setup.html", "/"), opened("/setup"));
    assertEquals(List.of("/admin", "/admin.html", "/"), opened("/admin"));
    assertEquals(
        List.of("/admin/libraries", "/admin/libraries.html", "/"), opened("/admin/libraries"));
  }

  @Test
  void a_file_is_found_under_its_own_name_only() {
    assertEquals(List.of("/app.js"), Shell.cachedAnswers("GET", true, "/app.js", false, false));
    assertEquals(List.of("/unknown"), opened("/unknown"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/stream",
        "/healthz",
        "/metrics",
        "/mcp",
        "/app-manifest.json",
        "/service-worker.js"
      })
  void what_only_the_server_knows_is_never_answered_from_a_cache(String path) {
    assertEquals(List.of(), opened(path));
  }

  @Test
  void writing_foreign_and_partial_requests_go_to_the_network() {
    assertEquals(List.of(), Shell.cachedAnswers("POST", true, "/", false, false));
    assertEquals(List.of(), Shell.cachedAnswers("GET", false, "/", true, false));
    assertEquals(List.of(), Shell.cachedAnswers("GET", true, "/app.js", false, true));
  }

  @Test
  void only_other_builds_of_the_app_lose_their_cache() {
    assertEquals(
        List.of("tidemark-shell-old"),
        Shell.cachesToDrop(List.of("tidemark-shell-old", "tidemark-shell-new", "other"), "new"));
  }

  @Test
  void a_script_installs_its_own_build_only() {
    assertTrue(Shell.belongsTogether("a1", "a1"));
    assertFalse(Shell.belongsTogether("a1", "b2"));
    assertFalse(Shell.belongsTogether("", ""));
  }

  private static List<String> opened(String path) {
    return Shell.cachedAnswers("GET", true, path, true, false);
  }
}

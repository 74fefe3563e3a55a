package dev.tidemark.e2e.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tidemark.e2e.harness.Api;
import dev.tidemark.e2e.harness.Axe;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.SentRequests;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only administrators get in, by the page and by HTTP. */
final class AdminAccessTest {
  private static final List<String> FOR_ADMINS =
      List.of("/api/v1/jobs", "/api/v1/jobs/stream", "/api/v1/workers", "/api/v1/stats");

  @Test
  void others_are_shown_nothing_and_refused_everything(@TempDir Path folder) {
    try (World world = World.start(folder, "--embedding-profile", "none")) {
      String session = world.signUp("ben");
      try (Api ben = Api.ofSession(world.origin(), session)) {
        for (String path : FOR_ADMINS) {
          assertEquals(403, ben.get(path).status(), path);
        }
        assertEquals(
            403, ben.post("/api/v1/libs", Map.of("source", "https://example.org/a/b")).status());
        assertEquals(403, ben.delete("/api/v1/libs/a-b").status());
        assertEquals(200, ben.get("/api/v1/libs").status());
      }
      Browser browser = world.browser("ben", session);
      for (String path : List.of("/admin", "/admin/libraries", "/admin/embeddings")) {
        Tab tab = browser.open(world.origin() + path);
        try (var sent = new SentRequests(browser, tab)) {
          tab.input().waitForText("tm-empty", "For admins only");
          assertFalse(tab.input().sees("tm-admin nav"));
          assertEquals(List.of(), sent.of("GET", "/api/v1/jobs"));
        }
        if (path.equals("/admin")) {
          assertEquals(List.of(), Axe.findings(tab));
        }
        tab.close();
      }
    }
  }
}

package dev.tidemark.e2e.lacking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the engine cannot run: the page says what it needs, in words, and does not keep waiting.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnsupportedBrowserTest {
  /** A name that is not the device's own: browsers do not trust http on it. */
  private static final String PLAIN = "plain.test";

  private World world;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = World.start(folder);
    browser = world.browserWith("profile", "--host-resolver-rules=MAP " + PLAIN + " 127.0.0.1");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void without_shared_workers_the_page_names_what_the_browser_lacks() {
    Tab tab = browser.blank();
    tab.beforeScripts("delete globalThis.SharedWorker");
    tab.navigate(world.origin());
    tab.input().waitForText("h2", "This browser cannot run Tidemark");
    tab.input().waitForText("main", "has no shared workers");
    assertFalse(tab.input().sees("[aria-busy=true]"));
    assertEquals(List.of(), tab.errors());
  }

  @Test
  void over_an_insecure_connection_the_page_says_what_does_not_work_and_what_to_do() {
    String origin = world.origin().replace("localhost", PLAIN);
    Tab tab = browser.open(origin);
    assertFalse(tab.holds("isSecureContext"));
    UserInput hands = tab.input();
    hands.waitForText("main", "insecure connection");
    hands.waitForText("main", "--tls-cert and --tls-key");
    hands.type("input", world.server().token("ada", true));
    hands.press("Enter");
    hands.waitForText("h2", "This browser cannot run Tidemark");
    hands.waitForText("main", "https");
    hands.waitForText("main", "--tls-cert and --tls-key");
    assertEquals(List.of(), tab.errors());
  }
}

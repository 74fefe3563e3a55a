package dev.tidemark.e2e.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Axe;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What axe-core finds on every page, in both colour schemes and on a phone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessibilityTest {
  private World world;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = World.start(folder);
    browser = world.browser("profile");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void axe_finds_nothing_on_the_sign_in_page(@TempDir Path profile) {
    try (Browser stranger = Browser.start(profile)) {
      Tab tab = stranger.open(world.origin());
      tab.input().waitForText("h1", "Sign in to Tidemark");
      assertClean(tab);
      tab.navigate(world.origin() + "/setup#token");
      tab.input().waitFor("#name");
      assertClean(tab);
    }
  }

  @Test
  void axe_finds_nothing_in_the_workspace_its_thread_and_its_dialogs() {
    Place place = world.place();
    Page page = Page.open(browser, world.origin() + place.path()).online().knows(place);
    Tab tab = page.tab();
    page.say(place, "root");
    page.send(
        place,
        "message.created",
        Map.of(
            "messageId",
            "reply",
            "channelId",
            place.channel(),
            "body",
            "reply",
            "threadId",
            "root"));
    page.send(place, "reaction.added", Map.of("messageId", "root", "emoji", "👍"));
    tab.input().waitFor("tm-message >>> .replies");
    tab.input().click("tm-message >>> .replies");
    tab.input().waitForText("tm-thread", "1 reply");
    assertClean(tab);
    tab.input().press("Escape");
    tab.input().click("tm-message >>> .body");
    tab.input().press("?");
    tab.input().waitFor("tm-shortcuts >>> .groups");
    assertClean(tab);
    tab.input().press("Escape");
    tab.input().pressWithControl("k");
    tab.input().waitFor("tm-palette >>> input");
    assertClean(tab);
    tab.input().press("Escape");
    tab.input().click("tm-status-line");
    tab.input().waitFor("tm-status-dialog >>> tm-dialog >>> dialog");
    assertClean(tab);
    tab.input().press("Escape");
    tab.resize(390, 844);
    assertClean(tab);
  }

  @Test
  void axe_finds_nothing_in_the_inspector() {
    assertClean(browser.open(world.origin() + "/inspector"));
  }

  @Test
  void axe_finds_nothing_on_the_page_of_elements() {
    assertClean(browser.open(world.origin() + "/elements"));
  }

  private static void assertClean(Tab tab) {
    assertEquals(List.of(), Axe.findings(tab));
  }
}

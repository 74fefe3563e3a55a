package dev.tidemark.e2e.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tidemark.e2e.harness.Axe;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.SmallRepository;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator's first quarter of an hour, from nothing at all to a library and back. */
final class AdminWalkTest {
  private static final String OPEN_SECTION = "tm-admin >>> nav a[href='/admin%s']";

  @Test
  void an_administrator_adds_a_library_indexes_it_looks_around_and_removes_it(
      @TempDir Path folder) {
    Path repositories = folder.resolve("repositories");
    SmallRepository.make(repositories.resolve("harbour").resolve("charts"), 5, 12);
    try (World world = World.start(folder, "--libs-allow", repositories.toString())) {
      Browser browser = world.browser("profile");
      Place place = world.place();
      // A browser that is connected, and a message that can be embedded.
      Page.open(browser, world.origin() + place.path()).online().knows(place).say(place, "Fog");
      Tab tab = browser.open(world.origin() + "/admin");
      UserInput hands = tab.input();
      hands.waitForText("tm-admin-jobs >>> tm-empty", "No jobs yet");
      pictures(tab, "admin-first");

      hands.click("tm-admin-jobs >>> tm-empty a");
      tab.waitFor("location.pathname === '/admin/libraries'");
      hands.waitForText("tm-admin-libraries >>> tm-empty", "No libraries yet");
      add(hands, tab, repositories);
      index(hands, tab);
      figures(hands, tab);
      remove(hands, tab);
      assertEquals(List.of(), tab.errors());
      assertEquals(
          List.of(),
          tab.console().stream()
              // The source that was refused on purpose.
              .filter(line -> !line.contains("400"))
              .toList());
    }
  }

  private static void add(UserInput hands, Tab tab, Path repositories) {
    hands.click("tm-add-library >>> .primary");
    hands.waitForText("tm-add-library >>> .error", "Enter the address");
    hands.type("tm-add-library >>> #source", "file:///etc");
    hands.press("Enter");
    hands.waitFor("tm-add-library >>> #source[aria-invalid=true]");
    hands.waitFor("tm-add-library >>> .error");
    tab.screenshot("admin-source-refused");
    hands.pressWithControl("a");
    hands.type(repositories.resolve("harbour").resolve("charts").toString());
    hands.type("tm-add-library >>> #title", "Charts");
    hands.press("Enter");
    hands.waitForText("tm-library", "Charts");
    // Its versions are looked for without being asked to.
    hands.waitForText("tm-library", "5 versions");
    hands.waitForText("tm-toasts", "5 new versions found");
  }

  private static void index(UserInput hands, Tab tab) {
    hands.click("tm-library >>> tr[data-version='v5.0'] input");
    hands.waitForText("tm-library >>> .index", "Index 1 version");
    hands.click("tm-library >>> .choose-new");
    hands.waitForText("tm-library >>> .index", "Index 5 versions");
    hands.click("tm-library >>> .index");
    hands.waitForText("tm-toasts", "5 versions queued");
    for (int version = 1; version <= 5; version++) {
      hands.waitForText("tm-library >>> tr[data-version='v" + version + ".0'] .state", "Indexed");
    }
    pictures(tab, "admin-libraries");
    hands.click(OPEN_SECTION.formatted(""));
    hands.waitFor("tr[data-status=done]");
    tab.reload();
    hands.waitFor("tr[data-status=done]");
    pictures(tab, "admin-jobs");
  }

  private static void figures(UserInput hands, Tab tab) {
    hands.click(OPEN_SECTION.formatted("/embeddings"));
    hands.waitFor("tm-admin-embeddings >>> .facts .missing");
    hands.waitForText("tm-admin-embeddings >>> tr[data-kind=snippet]", "Snippets");
    pictures(tab, "admin-embeddings");
    build(hands, tab);
    hands.click(OPEN_SECTION.formatted("/server"));
    hands.waitForText("tm-admin-server >>> .facts", "Database file");
    hands.waitForText("tm-admin-server >>> .browsers", World.ADA);
    hands.waitFor("tm-admin-server >>> .slow");
    pictures(tab, "admin-server");
  }

  private static void build(UserInput hands, Tab tab) {
    hands.click("tm-build-embeddings >>> .start");
    hands.waitForText("tm-build-embeddings >>> tm-confirm", "Embed what is missing?");
    hands.press("Escape");
    hands.click("tm-build-embeddings >>> input");
    hands.click("tm-build-embeddings >>> .start");
    hands.waitForText("tm-build-embeddings >>> tm-confirm", "Look at every text?");
    pictures(tab, "admin-build-embeddings");
    hands.click("tm-build-embeddings >>> tm-confirm >>> .yes");
    hands.waitForText("tm-toasts", "Looking at every text: ");
    hands.waitFor("tm-build-embeddings >>> .start:enabled");
  }

  private static void remove(UserInput hands, Tab tab) {
    hands.click(OPEN_SECTION.formatted("/libraries"));
    hands.click("tm-library >>> .remove");
    hands.waitForText("tm-library >>> tm-confirm", "Remove it with everything indexed from it?");
    assertEquals(List.of(), Axe.findings(tab));
    tab.preferColorScheme("light");
    hands.click("tm-library >>> tm-confirm >>> .no");
    hands.click("tm-library >>> .remove");
    hands.click("tm-library >>> tm-confirm >>> .yes");
    hands.waitForText("tm-admin-libraries >>> tm-empty", "No libraries yet");
    assertFalse(hands.sees("tm-library"));
  }

  /** Pictures in both colour schemes and on a phone, and nothing that axe-core finds in any. */
  private static void pictures(Tab tab, String name) {
    for (String scheme : List.of("light", "dark")) {
      tab.preferColorScheme(scheme);
      tab.screenshot(name + "-" + scheme);
    }
    assertEquals(List.of(), Axe.findings(tab), name);
    tab.preferColorScheme("light");
    tab.resize(390, 844);
    tab.screenshot(name + "-phone");
    assertEquals(List.of(), Axe.findings(tab), name + " on a phone");
    tab.preferColorScheme("light");
    tab.resize(1280, 800);
  }
}

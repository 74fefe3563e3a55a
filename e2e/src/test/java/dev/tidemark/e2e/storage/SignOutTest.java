package dev.tidemark.e2e.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing out, on a device of one's own and on one that others use. */
final class SignOutTest {
  /** How many files the origin keeps in the browser's private file system. */
  private static final String FILES =
      """
      (async () => {
        const count = async folder => {
          let files = 0;
          for await (const entry of folder.values()) files += entry.kind === 'file' ? 1 : await count(entry);
          return files;
        };
        return count(await navigator.storage.getDirectory());
      })()
      """;

  @TempDir Path folder;

  @Test
  void signing_out_for_good_in_one_tab_removes_the_data_of_all_tabs() {
    try (var world = World.start(folder)) {
      Browser browser = world.browser("profile");
      Page one = written(world, browser);
      Page two = Page.open(browser, world.origin()).online();
      assertTrue(one.tab().evaluate(FILES).asInt() > 0);
      signOut(two, true);
      for (Page page : List.of(one, two)) {
        page.tab().input().waitForText("h1", "Sign in to Tidemark");
      }
      Waiting.until("no file is left", () -> two.tab().evaluate(FILES).asInt() == 0);
      assertEquals(
          401, two.tab().evaluate("fetch('/api/v1/session').then(({status}) => status)").asInt());
    }
  }

  @Test
  void signing_out_keeps_the_data_for_the_next_time_unless_asked() {
    try (var world = World.start(folder)) {
      Browser browser = world.browser("profile");
      Page page = written(world, browser);
      signOut(page, false);
      page.tab().input().waitForText("h1", "Sign in to Tidemark");
      assertFalse(page.tab().holds("window.tidemark"));
      assertTrue(page.tab().evaluate(FILES).asInt() > 0);
    }
  }

  private static Page written(World world, Browser browser) {
    Place place = world.place();
    Page page = Page.open(browser, world.origin() + place.path()).online().knows(place);
    page.say(place, "private");
    return page.settled();
  }

  private static void signOut(Page page, boolean forGood) {
    UserInput hands = page.tab().input();
    hands.pressWithControl("k");
    hands.type("tm-palette >>> input", "Sign out");
    hands.waitForText("tm-palette >>> .command", "Sign out");
    hands.press("Enter");
    if (forGood) {
      hands.click("tm-sign-out >>> input");
      hands.click("tm-sign-out >>> button.danger");
    } else {
      hands.click("tm-sign-out >>> button.primary");
    }
  }
}

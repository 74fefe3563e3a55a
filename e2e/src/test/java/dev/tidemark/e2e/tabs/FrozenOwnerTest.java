package dev.tidemark.e2e.tabs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser freezes a hidden tab that owns the database, as it does to save power. */
final class FrozenOwnerTest {
  @Test
  void a_frozen_owner_hands_over_and_follows_after_it_thaws(@TempDir Path folder) {
    try (var world = World.start(folder)) {
      Place place = world.place();
      Browser browser = world.browser("profile");
      Page owner = Page.open(browser, world.origin()).online();
      // Only hidden pages are frozen, and a tab in front hides those behind it.
      var front = browser.openInSameWindow("about:blank");
      front.activate();
      owner.tab().waitFor("document.visibilityState === 'hidden'");
      Page survivor = Page.open(browser, world.origin()).online().knows(place);
      assertEquals(owner.id(), survivor.status().owner());
      long epoch = survivor.status().epoch();

      owner.tab().command("Page.setWebLifecycleState", Map.of("state", "frozen"));
      survivor.say(place, "while-frozen");
      survivor.tab().waitFor("tidemark.status().role === 'owner'");
      assertTrue(survivor.status().epoch() > epoch);

      owner.tab().command("Page.setWebLifecycleState", Map.of("state", "active"));
      owner.tab().activate();
      owner.ready();
      owner.say(place, "after-the-thaw");
      assertEquals(survivor.id(), owner.status().owner());
      assertEquals("follower", owner.status().role());
      for (Page page : List.of(owner, survivor)) {
        assertEquals(List.of("while-frozen", "after-the-thaw"), page.bodies(place));
      }
      survivor.settled();
      assertEquals(
          List.of("while-frozen", "after-the-thaw"),
          world.api().events(place.space(), 2, 10).findValuesAsText("messageId"));
    }
  }
}

package dev.tidemark.e2e.tabs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The hub or a worker dies alone, tabs are copied, and many tabs come at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LostPartsTest {
  private static final int MANY = 20;
  private static final Duration MANY_PATIENCE = Duration.ofMinutes(2);

  /** Which agent holds the hub's lock; another one after the hub was made again. */
  private static final String HUB =
      "navigator.locks.query().then(({held}) =>"
          + " held.find(lock => lock.name.startsWith('tidemark-hub-'))?.clientId ?? '')";

  private static final String OWNER_LOCKS =
      "navigator.locks.query().then(({held}) =>"
          + " held.filter(lock => lock.name.startsWith('tidemark-owner-')).length)";

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

  @AfterEach
  void closeTabs() {
    browser.closeTabs();
  }

  @Test
  void when_the_hubs_creator_crashes_a_new_hub_brings_tabs_and_owner_together() {
    Place place = world.place();
    Page creator = Page.open(browser, world.origin()).online();
    Page second = Page.open(browser, world.origin()).online();
    // Away and back: the creator of the hub lives on and owns nothing.
    creator.tab().navigate(world.origin() + "/healthz");
    second.tab().waitFor("tidemark.status().role === 'owner'");
    creator.tab().back();
    creator.ready();
    Page third = Page.open(browser, world.origin()).online().knows(place);
    String before = third.tab().evaluate(HUB).asText();

    creator.tab().crash();
    third.tab().waitFor(HUB + ".then(id => id !== '' && id !== '" + before + "')");
    String said = third.say(place, "after-the-hub");
    assertEquals(List.of("after-the-hub"), second.bodies(place));
    Page fourth = Page.open(browser, world.origin());
    assertEquals(second.id(), fourth.status().owner());
    assertEquals(List.of("after-the-hub"), fourth.bodies(place));
    assertTrue(third.outcome(said).join().asLong() > 0);
  }

  @Test
  void a_terminated_worker_of_the_only_tab_is_replaced_and_nothing_is_lost() {
    Place place = world.place();
    Page page = Page.open(browser, world.origin()).online().knows(place);
    page.say(place, "before");
    long epoch = page.status().epoch();
    assertEquals(1, page.tab().inWorkers("/engine/worker.js", "self.close()"));
    page.say(place, "after");
    assertEquals(List.of("before", "after"), page.bodies(place));
    assertTrue(page.status().epoch() > epoch);
    page.online().settled();
    assertEquals(
        List.of("before", "after"),
        world.api().events(place.space(), 2, 100).findValuesAsText("messageId"));
  }

  @Test
  void a_terminated_worker_of_the_owner_leaves_the_database_to_another_tab() {
    Place place = world.place();
    Page owner = Page.open(browser, world.origin()).online();
    Page other = Page.open(browser, world.origin()).online().knows(place);
    long epoch = owner.status().epoch();
    assertEquals(1, owner.tab().inWorkers("/engine/worker.js", "self.close()"));
    owner.say(place, "from-the-old-owner");
    other.say(place, "from-the-new-owner");
    assertTrue(other.status().epoch() > epoch);
    assertEquals(other.status().owner(), owner.status().owner());
    owner.online().settled();
    assertEquals(2, owner.bodies(place).size());
    assertEquals(owner.bodies(place), other.bodies(place));
  }

  @Test
  void a_duplicated_tab_is_a_tab_of_its_own() {
    Place place = world.place();
    Page original = Page.open(browser, world.origin()).online().knows(place);
    Page copy = new Page(browser.duplicate(original.tab())).ready();
    assertNotEquals(original.id(), copy.id());
    assertEquals(original.id(), copy.status().owner());
    copy.say(place, "from-the-copy");
    assertEquals(List.of("from-the-copy"), original.bodies(place));
  }

  @Test
  void twenty_tabs_opened_and_reloaded_at_once_agree_on_one_owner() {
    Place place = world.place();
    var pages = new ArrayList<Page>();
    for (int at = 0; at < MANY; at++) {
      pages.add(new Page(browser.openLater(world.origin())));
    }
    pages.forEach(page -> page.tab().waitFor("window.tidemark", MANY_PATIENCE));
    pages.forEach(page -> page.tab().startReload());
    for (Page page : pages) {
      page.tab()
          .waitFor(
              "!globalThis.__beforeReload && tidemark.status().owner && tidemark.status().online",
              MANY_PATIENCE);
    }
    Waiting.until(
        "one owner for all",
        MANY_PATIENCE,
        () -> pages.stream().map(page -> page.status().owner()).distinct().count() == 1);
    assertEquals(1, pages.stream().filter(page -> page.status().role().equals("owner")).count());
    assertEquals(1, pages.getFirst().tab().evaluate(OWNER_LOCKS).asInt());
    assertEquals(MANY, pages.stream().map(Page::id).distinct().count());
    pages.getLast().knows(place).say(place, "to-all");
    for (Page page : pages) {
      assertEquals(List.of("to-all"), page.bodies(place));
    }
    assertEquals(
        List.of(), pages.stream().map(Page::tab).map(Tab::errors).flatMap(List::stream).toList());
  }
}

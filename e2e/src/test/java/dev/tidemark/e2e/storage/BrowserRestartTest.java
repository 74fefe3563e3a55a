package dev.tidemark.e2e.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One device, several lives of its browser. */
final class BrowserRestartTest {
  private static final List<String> ALL = List.of("from-the-server", "own", "while-offline");

  @Test
  void what_was_stored_is_there_after_a_restart_and_after_a_kill_also_without_the_server(
      @TempDir Path folder) {
    try (var world = World.start(folder)) {
      Place place = world.place();
      world
          .api()
          .append(
              place.space(),
              "message.created",
              place.message("from-the-server", "from-the-server"));
      String url = world.origin() + place.path();
      try (Browser browser = world.browser("profile")) {
        Page page = Page.open(browser, url).online().knows(place);
        page.waitForBodies(place, List.of("from-the-server"));
        assertEquals("own", outcome(page, place, "own"));
        page.tab().waitFor(SHELL_IS_KEPT);
      }
      world.server().kill();

      Browser restarted = world.browser("profile");
      Page offline = Page.open(restarted, url).offline();
      offline.waitForBodies(place, ALL.subList(0, 2));
      offline.say(place, "while-offline");
      // At once: whatever was not on the disk when the promise resolved is lost now.
      restarted.kill();

      try (Browser again = world.browser("profile")) {
        Page page = Page.open(again, url).offline();
        page.waitForBodies(place, ALL);
        assertEquals(List.of("while-offline"), page.waiting(place));
        page.tab().input().waitForText("tm-timeline", "while-offline");
        world.server().start();
        page.online().settled();
        assertEquals(ALL, world.api().events(place.space(), 2, 10).findValuesAsText("messageId"));
        page.waitForBodies(place, ALL);
      }
    }
  }

  private static final String SHELL_IS_KEPT =
      "navigator.serviceWorker.ready.then(ready => ready.active.state === 'activated')";

  /** Says something and waits until the server has it. */
  private static String outcome(Page page, Place place, String body) {
    String id = page.say(place, body);
    long position = page.outcome(id).join().asLong();
    return page.query(
            "select id from messages where space = ? and position = ?", place.space(), position)
        .path(0)
        .path("id")
        .asText();
  }
}

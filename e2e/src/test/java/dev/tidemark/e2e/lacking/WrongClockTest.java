package dev.tidemark.e2e.lacking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device whose clock is a day ahead, then jumps to a day behind. */
final class WrongClockTest {
  /** Beyond what the product believes of a client's clock, which is a day. */
  private static final long DAY_MILLIS = Duration.ofHours(25).toMillis();

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /**
   * The clock as scripts read it, in pages and workers; the browser itself keeps the right time.
   */
  private static final String WRONG_CLOCK =
      """
      globalThis.Date = class extends Date {
        static wrongBy = %d;
        static now() {
          return super.now() + Date.wrongBy;
        }
        constructor(...given) { super(...(given.length > 0 ? given : [Date.now()])); }
      }
      """
          .formatted(DAY_MILLIS);

  private static final String JUMP = "Date.wrongBy = -" + DAY_MILLIS;

  @Test
  void a_wrong_and_jumping_clock_changes_neither_order_nor_sync_nor_what_time_others_see(
      @TempDir Path folder) {
    try (var world = World.start(folder);
        Browser browser = Browser.start(world.profile("profile"))) {
      Place place = world.place();
      Tab tab = browser.blank();
      tab.beforeScripts(WRONG_CLOCK);
      tab.beforeWorkers(WRONG_CLOCK);
      tab.navigate(world.origin() + place.path());
      UserInput hands = tab.input();
      hands.type("#link", world.server().token(World.ADA, true));
      hands.press("Enter");
      Page page = new Page(tab).ready().online().knows(place);
      page.say(place, "a-day-ahead");
      page.settled();
      world.api().append(place.space(), "message.created", place.message("right", "right"));
      page.waitForBodies(place, List.of("a-day-ahead", "right"));
      tab.evaluate(JUMP);
      assertEquals(1, tab.inWorkers("/engine/worker.js", JUMP));
      page.say(place, "a-day-behind");
      page.settled();

      var order = List.of("a-day-ahead", "right", "a-day-behind");
      page.waitForBodies(place, order);
      JsonNode log = world.api().events(place.space(), 2, 10);
      assertEquals(order, log.findValuesAsText("messageId"));
      long now = System.currentTimeMillis();
      assertNear(now + DAY_MILLIS, log.path(0).path("clientTime").asLong());
      assertNear(now - DAY_MILLIS, log.path(2).path("clientTime").asLong());
      for (JsonNode event : log) {
        assertNear(now, event.path("serverTime").asLong());
      }
      for (JsonNode row :
          page.query("select created_at from messages where space = ?", place.space())) {
        assertNear(now, row.path("created_at").asLong());
      }
      assertEquals(List.of(), tab.errors());
    }
  }

  private static void assertNear(long expectedMillis, long millis) {
    assertTrue(
        Math.abs(expectedMillis - millis) < HOUR_MILLIS, expectedMillis + " is far from " + millis);
  }
}

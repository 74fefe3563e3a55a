package dev.tidemark.e2e.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and writing while there is no server, through reloads, until there is one again. */
final class ServerStoppedTest {
  @TempDir Path folder;

  @Test
  void what_two_tabs_write_without_the_server_survives_reloads_and_arrives_in_order_and_once() {
    try (var world = World.start(folder)) {
      Place place = world.place();
      world.api().append(place.space(), "message.created", place.message("before", "before"));
      String url = world.origin() + place.path();
      Browser browser = world.browser("profile");
      Page one = Page.open(browser, url).online().knows(place);
      Page two = Page.open(browser, url).online().knows(place);
      one.tab()
          .waitFor(
              "navigator.serviceWorker.ready.then(ready => ready.active.state === 'activated')");

      world.server().kill();
      one.offline();
      two.offline();
      one.say(place, "one-1");
      two.say(place, "two-1");
      one.say(place, "one-2");
      var written = List.of("before", "one-1", "two-1", "one-2");
      one.waitForBodies(place, written);
      two.waitForBodies(place, written);

      one.tab().reload();
      two.tab().reload();
      one.ready().offline();
      two.ready().offline();
      for (Page page : List.of(one, two)) {
        assertEquals(written, page.bodies(place));
        assertEquals(List.of("one-1", "two-1", "one-2"), page.waiting(place));
        assertEquals(
            List.of("sent", "pending", "pending", "pending"),
            page.query(
                    "select state from messages where space = ? order by order_key", place.space())
                .findValuesAsText("state"));
        page.tab().input().waitForText("tm-timeline", "one-2");
        page.tab().input().waitForText("tm-banner", "offline");
      }
      two.say(place, "two-2");

      world.server().start();
      for (Page page : List.of(one, two)) {
        page.online().settled();
        page.waitForBodies(place, List.of("before", "one-1", "two-1", "one-2", "two-2"));
        assertEquals(
            List.of("sent"),
            page.query("select distinct state from messages where space = ?", place.space())
                .findValuesAsText("state"));
      }
      assertEquals(
          List.of("before", "one-1", "two-1", "one-2", "two-2"),
          world.api().events(place.space(), 2, 100).findValuesAsText("messageId"));
    }
  }

  @Test
  void a_cut_network_holds_writes_back_and_a_mended_one_lets_them_through_once() {
    try (var world = World.start(folder);
        var proxy = new CuttableProxy(world.server().port())) {
      Place place = world.place();
      Browser browser = world.browser("profile");
      Page page = Page.open(browser, proxy.origin() + place.path()).online().knows(place);
      proxy.cut();
      page.offline();
      String id = page.say(place, "while-cut");
      assertEquals(List.of("while-cut"), page.bodies(place));
      assertEquals(List.of(), world.api().events(place.space(), 2, 10).findValuesAsText("id"));
      proxy.mend();
      page.online().settled();
      assertEquals(3, page.outcome(id).join().asLong());
      assertEquals(List.of(id), world.api().events(place.space(), 2, 10).findValuesAsText("id"));
    }
  }
}

package dev.tidemark.e2e.lacking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window that may keep nothing, as private windows of some browsers are. */
final class NoStorageTest {
  /**
   * What Firefox does in a private window: the method is there, and refuses. A worker that has not
   * begun has no StorageManager yet.
   */
  private static final String NO_FILES =
      """
      {
        const getDirectory = () =>
          Promise.reject(new DOMException('Security error when calling GetDirectory', 'SecurityError'));
        if (globalThis.StorageManager) StorageManager.prototype.getDirectory = getDirectory;
        else Object.defineProperty(navigator, 'storage', {value: {getDirectory}});
      }
      """;

  @Test
  void without_a_file_system_all_is_in_memory_said_so_and_no_write_counts_before_the_server_has_it(
      @TempDir Path folder) {
    try (var world = World.start(folder);
        var proxy = new CuttableProxy(world.server().port())) {
      Place place = world.place();
      world.api().append(place.space(), "message.created", place.message("old", "old"));
      Browser browser = world.browser("profile");
      String url = proxy.origin() + place.path();
      Page one = open(browser, url).online().knows(place);
      Page two = open(browser, url).online().knows(place);
      for (Page page : List.of(one, two)) {
        assertEquals("memory", page.status().role());
        page.tab().input().waitForText("tm-banner", "cannot store anything");
        page.waitForBodies(place, List.of("old"));
      }
      two.say(place, "sent");
      assertEquals(
          List.of("sent"), world.api().events(place.space(), 3, 9).findValuesAsText("messageId"));

      proxy.cut();
      one.offline();
      var offline =
          one.tab()
              .callLater(
                  "async (space, payload) => (await tidemark.send({space, type: 'message.created',"
                      + " payload})).id",
                  place.space(),
                  place.message("unsent", "unsent"));
      one.waitForBodies(place, List.of("old", "sent", "unsent"));
      assertEquals(List.of("unsent"), one.waiting(place));
      assertFalse(offline.isDone());
      proxy.mend();
      one.online();
      assertFalse(offline.join().asText().isEmpty());
      assertEquals(
          List.of("sent", "unsent"),
          world.api().events(place.space(), 3, 9).findValuesAsText("messageId"));

      one.tab().close();
      two.tab().waitFor("tidemark.status().owner === tidemark.tabId && tidemark.status().online");
      two.waitForBodies(place, List.of("old", "sent", "unsent"));
      assertEquals("memory", two.status().role());
    }
  }

  private static Page open(Browser browser, String url) {
    Tab tab = browser.blank();
    tab.beforeScripts(NO_FILES);
    tab.beforeWorkers(NO_FILES);
    tab.navigate(url);
    return new Page(tab).ready();
  }
}

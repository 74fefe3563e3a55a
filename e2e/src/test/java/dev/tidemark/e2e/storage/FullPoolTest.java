package dev.tidemark.e2e.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others have taken every free file of the pool that the database lives in. */
final class FullPoolTest {
  /**
   * Takes the pool as its owner does, in a worker of a page that is not the app's, and has a
   * function work on it. What it leaves is told: how many files are free.
   */
  private static final String IN_POOL =
      """
      async work => {
        const script = `
          (async () => {
            const library = await (await import('${location.origin}/engine/sqlite/index.mjs')).default();
            const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('tidemark');
            const names = [];
            for await (const name of root.keys()) names.push(name);
            const pool = await library.installOpfsSAHPoolVfs(
              {name: 'others', directory: 'tidemark/' + names[0], preserveOnInitFailure: true, verbosity: 0});
            (${work})(pool);
            const free = pool.getCapacity() - pool.getFileCount();
            pool.pauseVfs();
            postMessage({free});
          })().catch(error => postMessage({problem: String(error && error.message || error)}));`;
        const worker = new Worker(URL.createObjectURL(new Blob([script], {type: 'text/javascript'})));
        try {
          return await new Promise(resolve => worker.onmessage = event => resolve(event.data));
        } finally {
          worker.terminate();
        }
      }
      """;

  private static final String FILL =
      """
      pool => {
        for (let at = 0; pool.getFileCount() < pool.getCapacity(); at++) {
          const database = new pool.OpfsSAHPoolDb('/others-' + at);
          database.exec('pragma journal_mode=memory; create table t(x)');
          database.close();
        }
      }
      """;

  /** Closed in good order, a database has no log beside it and needs a file for the next one. */
  private static final String CLOSE =
      """
      pool => {
        const database = new pool.OpfsSAHPoolDb('/tidemark.db');
        database.exec('pragma locking_mode=exclusive; pragma journal_mode=wal; select count(*) from setting');
        database.close();
      }
      """;

  @TempDir Path folder;
  private World world;
  private Place place;
  private Tab tab;

  /** One message that the server has, one that is nowhere but in this browser; no page is open. */
  @BeforeEach
  void write() {
    world = World.start(folder);
    place = world.place();
    Browser browser = world.browser("profile");
    Page page = Page.open(browser, url()).online().knows(place);
    page.say(place, "sent");
    page.settled();
    world.server().kill();
    page.offline();
    page.say(place, "waiting");
    browser.closeTabs();
    world.server().start();
    tab = browser.blank();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_database_that_has_its_files_needs_no_free_one() {
    assertEquals(0, inPool(FILL));
    assertGoesOn();
  }

  @Test
  void a_database_that_needs_a_file_for_its_log_gets_more_of_them() {
    inPool(CLOSE);
    assertEquals(0, inPool(FILL));
    assertGoesOn();
  }

  private void assertGoesOn() {
    tab.navigate(url());
    Page page = new Page(tab).ready().online();
    page.say(place, "after");
    page.settled();
    var all = List.of("sent", "waiting", "after");
    page.waitForBodies(place, all);
    assertEquals(all, world.api().events(place.space(), 2, 9).findValuesAsText("messageId"));
  }

  private String url() {
    return world.origin() + place.path();
  }

  /** Works on the pool and returns how many files are free then. */
  private int inPool(String work) {
    tab.navigate(world.origin() + "/healthz");
    return Waiting.present(
            "the pool to be let go by whoever had it before",
            Waiting.PATIENCE,
            () -> {
              JsonNode done = tab.call(IN_POOL, work);
              if (done.has("problem")) {
                throw new IllegalStateException(done.toString());
              }
              return done;
            })
        .path("free")
        .asInt();
  }
}

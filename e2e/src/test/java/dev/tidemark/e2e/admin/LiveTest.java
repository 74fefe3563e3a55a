package dev.tidemark.e2e.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Libraries;
import dev.tidemark.e2e.harness.SentRequests;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows without being touched, by the stream and while the stream is broken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveTest {
  /** Keeps every state that the panel of workers and the rows of jobs go through. */
  private static final String WATCH =
      """
      (() => {
        const jobs = document.querySelector('tm-admin').shadowRoot.querySelector('tm-admin-jobs').shadowRoot;
        const workers = jobs.querySelector('tm-admin-workers').shadowRoot;
        globalThis.seen = {summaries: [], working: [], statuses: []};
        const note = (list, words) => { if (!list.includes(words)) list.push(words); };
        const look = () => {
          note(seen.summaries, workers.querySelector('.summary').textContent.trim());
          workers.querySelectorAll('.job').forEach(job => note(seen.working, job.textContent.replace(/\\s+/g, ' ').trim()));
          jobs.querySelectorAll('tr[data-id]').forEach(row => note(seen.statuses, row.dataset.status));
        };
        new MutationObserver(look).observe(workers, {subtree: true, childList: true, characterData: true, attributes: true});
        new MutationObserver(look).observe(jobs, {subtree: true, childList: true, characterData: true, attributes: true});
        look();
      })()
      """;

  private World world;
  private Browser browser;
  private Libraries libraries;

  @BeforeAll
  void start(@TempDir Path folder) {
    Path repositories = folder.resolve("repositories");
    world =
        World.start(
            folder,
            "--libs-allow",
            repositories.toString(),
            "--index-workers",
            "2",
            // Nobody looks for these texts, and embedding them would take half the machine.
            "--embedding-profile",
            "none");
    browser = world.browser("profile");
    libraries = new Libraries(world.api(), repositories);
  }

  @AfterEach
  void closeTabs() {
    browser.closeTabs();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void workers_and_rows_follow_a_run_of_several_tags_and_nothing_is_asked_meanwhile() {
    String library = libraries.make("live", "charts", 6, 60);
    Tab tab = browser.open(world.origin() + "/admin?repo=" + library);
    UserInput hands = tab.input();
    hands.waitForText("tm-admin-jobs >>> tm-empty", "No job matches");
    hands.waitFor("tm-admin-workers >>> .summary");
    tab.evaluate(WATCH);
    try (var sent = new SentRequests(browser, tab)) {
      libraries.index(library, 1, 6);
      tab.waitFor("seen.statuses.includes('running')");
      tab.screenshot("admin-live");
      hands.waitFor("tr[data-id]");
      tab.waitFor(
          "document.querySelector('tm-admin').shadowRoot.querySelector('tm-admin-jobs').shadowRoot"
              + ".querySelectorAll('tr[data-status=done]').length === 6");
      tab.waitFor("seen.working.length > 1");
      assertEquals(List.of(), sent.of("GET", "/api/v1/"));
    }
    List<String> working = texts(tab, "seen.working");
    assertTrue(working.stream().allMatch(words -> words.startsWith(library)), working.toString());
    List<String> statuses = texts(tab, "seen.statuses");
    assertTrue(statuses.containsAll(List.of("queued", "running", "done")), statuses.toString());
    assertTrue(texts(tab, "seen.summaries").size() > 1);
    assertFalse(hands.sees(".interrupted"));
  }

  @Test
  void without_the_stream_the_page_says_so_asks_and_is_live_again_later() {
    String library = libraries.make("broken", "charts", 2, 2);
    try (var proxy = new CuttableProxy(world.server().port())) {
      Tab tab = browser.open(proxy.origin() + "/admin?repo=" + library);
      UserInput hands = tab.input();
      hands.waitForText("tm-admin-jobs >>> tm-empty", "No job matches");
      hands.waitFor("tm-admin-workers >>> .summary");
      tab.command("Network.enable", Map.of());
      tab.command("Network.setBlockedURLs", Map.of("urls", List.of("*/api/v1/jobs/stream*")));
      proxy.cut();
      proxy.mend();
      hands.waitForText(".interrupted", "Live updates are interrupted");
      tab.screenshot("admin-interrupted");
      List<String> jobs = libraries.index(library, 1, 1);
      hands.waitFor("tr[data-id='" + jobs.getFirst() + "'][data-status=done]");
      tab.command("Network.setBlockedURLs", Map.of("urls", List.of()));
      // Without the word of the browser it would try again after a pause that has grown by now.
      tab.evaluate("dispatchEvent(new Event('online'))");
      tab.waitFor("!document.querySelector('tm-admin').shadowRoot.querySelector('.interrupted')");
      tab.command("Network.disable", Map.of());
      List<String> more = libraries.index(library, 2, 2);
      hands.waitFor("tr[data-id='" + more.getFirst() + "'][data-status=done]");
    }
  }

  private static List<String> texts(Tab tab, String expression) {
    var texts = new ArrayList<String>();
    tab.evaluate(expression).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}

package dev.tidemark.e2e.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Api;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.HeldRequests;
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

/** The table of jobs by hand. Each test has a library of its own and looks at its jobs only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JobsPageTest {
  /** Rows of the table as the page has them now, in their order. */
  private static final String ROWS =
      "(() => { const jobs = document.querySelector('tm-admin').shadowRoot"
          + ".querySelector('tm-admin-jobs').shadowRoot;"
          + " return [...jobs.querySelectorAll('tr[data-id]')]; })()";

  private static final String FOCUSED =
      "(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at ="
          + " at.shadowRoot.activeElement; return at; })()";

  private World world;
  private Browser browser;
  private Libraries libraries;
  private Tab tab;

  @BeforeAll
  void start(@TempDir Path folder) {
    Path repositories = folder.resolve("repositories");
    world =
        World.start(
            folder,
            "--libs-allow",
            repositories.toString(),
            "--index-workers",
            "1",
            // Nobody looks for these texts, and embedding them would take half the machine.
            "--embedding-profile",
            "none");
    browser = world.browser("profile");
    libraries = new Libraries(world.api(), repositories);
    tab = browser.blank();
  }

  @AfterEach
  void closeTabs() {
    browser.closeTabs();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private UserInput open(String search) {
    tab = browser.open(world.origin() + "/admin" + search);
    return tab.input();
  }

  private static String row(String job) {
    return "tr[data-id='" + job + "']";
  }

  private List<String> ids() {
    var ids = new ArrayList<String>();
    tab.evaluate(ROWS + ".map(row => row.dataset.id)").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private List<String> statuses() {
    var statuses = new ArrayList<String>();
    tab.evaluate(ROWS + ".map(row => row.dataset.status)")
        .forEach(status -> statuses.add(status.asText()));
    return statuses;
  }

  private void waitForRows(int count) {
    tab.waitFor(ROWS + ".length === " + count);
  }

  @Test
  void skeletons_stand_where_rows_will_be_until_the_first_answer() {
    String library = libraries.make("first", "answer", 1, 2);
    libraries.index(library, 1, 1);
    tab = browser.blank();
    try (var held = new HeldRequests(browser, tab, "*/api/v1/jobs\\?*")) {
      tab.navigate(world.origin() + "/admin?repo=" + library);
      held.waitForOne();
      tab.input().waitFor("tm-admin-jobs >>> tr.skeleton tm-skeleton");
      assertEquals(List.of(), ids());
      assertEquals(
          "true",
          tab.evaluate(
                  "document.querySelector('tm-admin').shadowRoot.querySelector('tm-admin-jobs')"
                      + ".shadowRoot.querySelector('table').ariaBusy")
              .asText());
      tab.screenshot("admin-skeletons");
    }
    waitForRows(1);
    assertFalse(tab.input().sees("tr.skeleton"));
  }

  @Test
  void filters_stand_in_the_address_and_survive_a_reload_and_going_back() {
    String library = libraries.make("filters", "charts", 8, 40);
    List<String> paused = libraries.pause(libraries.index(library, 1, 8));
    Api.Answer cancelled =
        world.api().post("/api/v1/jobs/" + paused.getFirst() + "/cancel", Map.of());
    assertEquals(200, cancelled.status(), cancelled.toString());

    UserInput hands = open("?repo=" + library);
    waitForRows(8);
    hands.click("tm-choices >>> [data-id=cancelled]");
    waitForRows(1);
    assertEquals("?repo=" + library + "&status=cancelled", search());
    hands.click("tm-choices >>> [data-id=paused]");
    waitForRows(paused.size());
    assertEquals("?repo=" + library + "&status=paused,cancelled", search());
    assertTrue(statuses().stream().allMatch(List.of("paused", "cancelled")::contains));

    tab.reload();
    waitForRows(paused.size());
    assertTrue(hands.sees("tm-choices >>> [data-id=paused][aria-pressed=true]"));
    assertTrue(hands.sees("tm-choices >>> [data-id=done][aria-pressed=false]"));
    assertEquals("?repo=" + library + "&status=paused,cancelled", search());

    tab.back();
    waitForRows(1);
    assertEquals("?repo=" + library + "&status=cancelled", search());
    hands.click("tm-job-filters >>> #repository");
    hands.pressWithControl("a");
    hands.type("no-such-library");
    hands.waitForText("tm-admin-jobs >>> tm-empty", "No job matches");
    assertEquals("?repo=no-such-library&status=cancelled", search());
    hands.click("tm-job-filters >>> .reset");
    tab.waitFor("location.search === ''");
    hands.waitFor("tr[data-id]");
  }

  @Test
  void pages_come_from_the_server_with_the_total() {
    String library = libraries.make("pages", "charts", 14, 1);
    libraries.index(library, 1, 14);
    UserInput hands = open("?repo=" + library + "&size=10");
    waitForRows(10);
    List<String> first = ids();
    hands.waitForText("tm-admin-jobs >>> tm-pages", "Page 1 of 2");
    hands.waitForText("tm-admin-jobs >>> [role=status]", "14 jobs match");
    try (var sent = new SentRequests(browser, tab)) {
      hands.click("tm-pages >>> button:last-of-type");
      waitForRows(4);
      List<String> asked = sent.of("GET", "/api/v1/jobs?");
      assertTrue(asked.getFirst().contains("page=2&pageSize=10"), asked.toString());
    }
    assertTrue(ids().stream().noneMatch(first::contains));
    hands.waitForText("tm-admin-jobs >>> tm-pages", "Page 2 of 2");
    assertEquals("?repo=" + library + "&page=2&size=10", search());
    tab.reload();
    waitForRows(4);
    tab.back();
    waitForRows(10);
    assertEquals(first, ids());
  }

  @Test
  void an_action_on_one_row_leaves_the_others_enabled_and_its_word_leaves_by_itself() {
    String library = libraries.make("actions", "charts", 8, 40);
    List<String> paused = libraries.pause(libraries.index(library, 1, 8));
    String one = paused.get(0);
    String other = paused.get(1);
    UserInput hands = open("?repo=" + library);
    waitForRows(8);
    try (var held = new HeldRequests(browser, tab, "*/api/v1/jobs/*/resume")) {
      hands.click(row(one) + " [data-action=resume]");
      held.waitForOne();
      hands.waitFor(row(one) + " [data-action=resume]:disabled tm-spinner");
      hands.waitFor(row(one) + " [data-action=cancel]:disabled");
      hands.waitFor(row(other) + " [data-action=resume]:enabled");
      hands.waitFor(row(other) + " [data-action=cancel]:enabled");
      tab.screenshot("admin-row-busy");
      // Another row can be acted on meanwhile: it gets as far as the question.
      hands.click(row(other) + " [data-action=cancel]");
      hands.waitFor(row(other) + " tm-confirm");
    }
    hands.waitForText("tm-toasts", "goes on");
    assertFalse(hands.sees(row(one) + " [data-action=resume]"));
    tab.waitFor(
        "!document.querySelector('tm-admin').shadowRoot.querySelector('tm-toasts')"
            + ".shadowRoot.querySelector('.toast')");
  }

  @Test
  void cancelling_is_confirmed_in_the_row_by_keyboard_too_and_no_dialog_opens() {
    String library = libraries.make("cancel", "charts", 6, 40);
    List<String> paused = libraries.pause(libraries.index(library, 1, 6));
    String job = paused.getFirst();
    UserInput hands = open("?repo=" + library);
    waitForRows(6);
    var dialogs = new ArrayList<String>();
    browser
        .devTools()
        .listen(event -> {
          if (event.method().equals("Page.javascriptDialogOpening")) {
            dialogs.add(event.params().toString());
          }
        });
    hands.waitFor(row(job) + " [data-action=cancel]");
    tab.evaluate(
        ROWS
            + ".find(row => row.dataset.id === '"
            + job
            + "')"
            + ".querySelector('[data-action=cancel]').focus()");
    hands.press("Enter");
    hands.waitForText(row(job) + " tm-confirm", "Cancel this job?");
    tab.waitFor(FOCUSED + ".matches('.no')");
    tab.screenshot("admin-confirm");
    hands.press("Escape");
    tab.waitFor(FOCUSED + ".matches('[data-action=cancel]')");
    assertEquals("paused", libraries.job(job).path("status").asText());

    hands.click(row(job) + " [data-action=cancel]");
    hands.click(row(job) + " tm-confirm >>> .yes");
    hands.waitFor("tr[data-id='" + job + "'][data-status=cancelled]");
    libraries.waitForStatus(job, "cancelled");
    hands.waitForText("tm-toasts", "is cancelled");
    hands.click("tm-toasts >>> [aria-label=Dismiss]");
    assertFalse(hands.sees("tm-toasts >>> .toast"));
    assertEquals(List.of(), dialogs);
    hands.click(row(job) + " [data-action=again]");
    hands.waitForText("tm-toasts", "is queued again");
    waitForRows(7);
  }

  private String search() {
    return tab.evaluate("location.search").asText();
  }
}

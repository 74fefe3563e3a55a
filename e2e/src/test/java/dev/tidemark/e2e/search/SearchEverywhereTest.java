package dev.tidemark.e2e.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Axe;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.HeldRequests;
import dev.tidemark.e2e.harness.Libraries;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.SentRequests;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-K beside a server with messages and a library, with it and without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchEverywhereTest {
  /** More messages than the timeline holds at once. */
  private static final int LATER_MESSAGES = 300;

  private static final int BATCH = 100;
  private static final String FIELD = "tm-palette >>> input";
  private static final String FOOT = "tm-palette >>> .foot";

  /** The palette's shadow root, through those around it. */
  private static final String PALETTE =
      "document.querySelector('tm-root').shadowRoot.querySelector('tm-workspace').shadowRoot"
          + ".querySelector('tm-palette')";

  private static final String OPTIONS =
      "[..." + PALETTE + ".shadowRoot.querySelectorAll('[role=option]')]";

  /** The option that Enter would take, and where it stands on the screen. */
  private static final String SELECTED =
      """
      (() => {
        const option = %s.find(option => option.getAttribute('aria-selected') === 'true');
        const box = option.getBoundingClientRect();
        return {id: option.id, text: option.textContent.replace(/\\s+/g, ' '), box: box.toJSON()};
      })()
      """
          .formatted(OPTIONS);

  private World world;
  private Browser browser;
  private Place place;
  private String library;

  @BeforeAll
  void start(@TempDir Path folder) {
    Path repositories = folder.resolve("repositories");
    world = World.start(folder, "--libs-allow", repositories.toString());
    browser = world.browser("profile");
    place = world.place();
    write();
    var libraries = new Libraries(world.api(), repositories);
    library = libraries.make("harbour", "charts", 1, 4);
    libraries.waitForStatus(libraries.index(library, 1, 1).getFirst(), "done");
    Waiting.until(
        "all texts to be embedded",
        () ->
            world.api().get("/api/v1/stats").body().path("missing_embeddings_total").asInt(-1)
                == 0);
  }

  /** A few lines to be found, and so many after them that the timeline has to go back for them. */
  private void write() {
    say(place.message("fog", "Fog over the harbour until noon"));
    say(place.message("mist", "Thick mist hangs above the water, nobody can see the pier"));
    say(
        Map.of(
            "messageId",
            "reply",
            "channelId",
            place.channel(),
            "threadId",
            "mist",
            "body",
            "The lighthouse keeper slept through the whole night"));
    world
        .api()
        .append(
            place.space(),
            "document.created",
            Map.of("documentId", "rules", "title", "Rules of the quay"));
    var batch = new ArrayList<Map<String, ?>>();
    for (int at = 0; at < LATER_MESSAGES; at++) {
      batch.add(
          world
              .api()
              .event(
                  "message.created", place.message("later-" + at, "Invoice " + at + " is paid")));
      if (batch.size() == BATCH) {
        assertEquals(200, world.api().append(place.space(), batch).status());
        batch.clear();
      }
    }
  }

  private void say(Map<String, String> message) {
    world.api().append(place.space(), "message.created", message);
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
  void what_this_browser_finds_is_there_at_once_and_stays_in_place_when_the_server_adds_to_it() {
    Page page = open(world.origin());
    UserInput hands = page.tab().input();
    hands.pressWithControl("k");
    JsonNode before;
    try (var held = new HeldRequests(browser, page.tab(), "*/api/v1/search*")) {
      hands.type(FIELD, "fog harbour");
      hands.waitForText("tm-palette >>> .message", "Fog over the harbour");
      hands.waitForText(FOOT, "Asking the server");
      held.waitForOne();
      assertEquals(List.of("message"), kinds(page.tab()));
      before = page.tab().evaluate(SELECTED);
    }
    hands.waitFor("tm-palette >>> .snippet");
    hands.waitForText(FOOT, "by words and meaning");
    assertEquals(before, page.tab().evaluate(SELECTED));
    List<String> kinds = kinds(page.tab());
    assertEquals("message", kinds.getFirst());
    assertEquals(Set.of("message", "more", "document", "snippet"), Set.copyOf(kinds));
    // Each kind stands together.
    assertEquals(
        4,
        page.tab().evaluate(PALETTE + ".shadowRoot.querySelectorAll('.heading').length").asInt());
    List<String> texts = texts(page.tab());
    assertEquals(1, texts.stream().filter(text -> text.contains("until noon")).count());
    assertTrue(texts.stream().anyMatch(text -> text.contains("Thick mist")), texts.toString());
    assertTrue(texts.stream().anyMatch(text -> text.contains(library + " v1.0")), texts.toString());
    assertTrue(
        page.tab()
                .evaluate(PALETTE + ".shadowRoot.querySelectorAll('.snippet mark').length")
                .asInt()
            > 0);
    pictures(page.tab(), "search-everywhere");
    assertSilent(page.tab());
  }

  @Test
  void a_text_that_changes_gives_the_question_before_up() {
    Page page = open(world.origin());
    UserInput hands = page.tab().input();
    hands.pressWithControl("k");
    try (var sent = new SentRequests(browser, page.tab())) {
      try (var held = new HeldRequests(browser, page.tab(), "*/api/v1/search?q=fog&*")) {
        hands.type(FIELD, "fog");
        held.waitForOne();
        hands.type(" xylophone");
        hands.waitForText(FOOT, "by words and meaning");
      }
      // Spaces change nothing: what was given up is not asked again, nor is its answer shown.
      hands.type(" ");
      hands.waitForText(FOOT, "by words and meaning");
      assertFalse(kinds(page.tab()).contains("message"));
      assertEquals(2, sent.of("GET", "/api/v1/search").size());
    }
    assertSilent(page.tab());
  }

  @Test
  void a_message_that_only_the_server_finds_is_shown_where_it_stands() {
    Page page = open(world.origin());
    Tab tab = page.tab();
    UserInput hands = tab.input();
    hands.waitForText("tm-timeline", "Invoice " + (LATER_MESSAGES - 1));
    hands.pressWithControl("k");
    hands.type(FIELD, "haze on the sea");
    choose(tab, "Thick mist");
    hands.press("Enter");
    hands.waitForText("tm-timeline.main >>> tm-message[target]", "Thick mist");
    assertFalse(tab.holds(PALETTE + " !== null"));

    hands.pressWithControl("k");
    hands.type(FIELD, "who guards the beacon after dark");
    choose(tab, "lighthouse keeper");
    hands.press("Enter");
    hands.waitForText(
        "tm-thread >>> tm-timeline >>> tm-message[target]", "The lighthouse keeper slept");
    assertSilent(tab);
  }

  @Test
  void a_snippet_is_read_and_copied_over_the_list_which_is_there_again_afterwards() {
    Page page = open(world.origin());
    Tab tab = page.tab();
    browser.grant(world.origin(), "clipboardReadWrite", "clipboardSanitizedWrite");
    UserInput hands = tab.input();
    hands.pressWithControl("k");
    hands.type(FIELD, "boats of harbour 3 leave berth 2 with the tide");
    choose(tab, "Berth 2");
    JsonNode chosen = tab.evaluate(SELECTED);
    hands.press("Enter");
    hands.waitForText("tm-hit-dialog >>> dl", library);
    hands.waitForText("tm-hit-dialog >>> dl", "v1.0");
    hands.waitForText("tm-hit-dialog >>> dl", "docs/harbour-");
    hands.waitFor("tm-hit-dialog >>> pre[aria-busy=false]");
    assertFalse(hands.sees("tm-hit-dialog >>> .part"));
    assertTrue(hands.textOf("tm-hit-dialog >>> pre").endsWith("nobody waits for the fog."));
    pictures(tab, "search-snippet");
    // The first button has the focus.
    hands.press("Enter");
    hands.waitForText("tm-hit-dialog >>> .actions", "Text copied.");
    String copied = tab.evaluate("navigator.clipboard.readText()").asText();
    assertTrue(copied.contains("leave berth 2 with the tide"), copied);
    hands.press("Escape");
    tab.waitFor(PALETTE + ".shadowRoot.querySelector('tm-hit-dialog') === null");
    assertEquals(chosen.path("id"), tab.evaluate(SELECTED).path("id"));
    tab.waitFor(PALETTE + ".shadowRoot.activeElement.matches('input')");
    hands.press("Escape");
    tab.waitFor(PALETTE + " === null");
    assertSilent(tab);
  }

  @Test
  void a_document_is_found_by_the_server_and_what_was_found_of_it_can_be_read() {
    Page page = open(world.origin());
    Tab tab = page.tab();
    UserInput hands = tab.input();
    hands.pressWithControl("k");
    hands.type(FIELD, "rules quay");
    hands.waitForText("tm-palette >>> .document", "Rules of the quay");
    choose(tab, "Rules of the quay");
    hands.press("Enter");
    hands.waitForText("tm-hit-dialog >>> .part", "documents cannot be opened here yet");
    assertEquals(List.of(), Axe.findings(tab));
    assertSilent(tab);
  }

  @Test
  void without_the_network_this_browser_is_searched_and_that_is_said() {
    try (var proxy = new CuttableProxy(world.server().port())) {
      Page page = open(proxy.origin());
      Tab tab = page.tab();
      UserInput hands = tab.input();
      proxy.cut();
      page.offline();
      hands.pressWithControl("k");
      hands.type(FIELD, "harbour");
      hands.waitForText("tm-palette >>> .message", "Fog over the harbour");
      hands.waitForText(FOOT, "You are offline: only what is in this browser was searched.");
      assertEquals(List.of("message"), kinds(tab).stream().distinct().toList());
      pictures(tab, "search-offline");
      proxy.mend();
      // Without a key being pressed.
      hands.waitFor("tm-palette >>> .snippet");
      hands.waitForText(FOOT, "by words and meaning");
      assertEquals(List.of(), tab.errors());
    }
  }

  @Test
  void a_server_that_cannot_answer_takes_nothing_away() {
    Page page = open(world.origin());
    Tab tab = page.tab();
    UserInput hands = tab.input();
    tab.command("Network.enable", Map.of());
    tab.command("Network.setBlockedURLs", Map.of("urls", List.of("*/api/v1/search*")));
    hands.pressWithControl("k");
    hands.type(FIELD, "harbour");
    hands.waitForText("tm-palette >>> .message", "Fog over the harbour");
    hands.waitForText(FOOT, "The server cannot be reached");
    assertEquals("message", kinds(tab).getFirst());
    tab.command("Network.disable", Map.of());
    assertEquals(List.of(), tab.errors());
  }

  @Test
  void a_message_that_has_not_arrived_is_shown_when_it_does() {
    Page page = Page.open(browser, world.origin() + place.path() + "/m/late").online();
    UserInput hands = page.tab().input();
    hands.waitForText("tm-toasts", "It is shown when it arrives");
    say(place.message("late", "Here at last"));
    hands.waitForText("tm-timeline.main >>> tm-message[target]", "Here at last");
    assertSilent(page.tab());
  }

  @Test
  void a_server_without_embeddings_says_that_it_found_by_words(@TempDir Path folder) {
    try (World plain = World.start(folder, "--embedding-profile", "none")) {
      Place there = plain.place();
      plain.api().append(there.space(), "message.created", there.message("fog", "Fog until noon"));
      Page page =
          Page.open(plain.browser("profile"), plain.origin() + there.path()).online().knows(there);
      UserInput hands = page.tab().input();
      hands.pressWithControl("k");
      hands.type(FIELD, "fog");
      hands.waitForText("tm-palette >>> .message", "Fog until noon");
      hands.waitForText(FOOT, "found by keywords alone");
      page.tab().screenshot("search-words-only");
      assertEquals(List.of("message"), kinds(page.tab()));
      assertSilent(page.tab());
    }
  }

  private Page open(String origin) {
    return Page.open(browser, origin + place.path()).online().knows(place);
  }

  /** Goes down the list by keys until the option with that text is the one that Enter takes. */
  private static void choose(Tab tab, String piece) {
    tab.waitFor(OPTIONS + ".some(option => option.textContent.includes('" + piece + "'))");
    int options = tab.evaluate(OPTIONS + ".length").asInt();
    for (int at = 0; at < options; at++) {
      if (tab.evaluate(SELECTED).path("text").asText().contains(piece)) {
        return;
      }
      String before = tab.evaluate(SELECTED).path("id").asText();
      tab.input().press("ArrowDown");
      tab.waitFor(SELECTED.strip() + ".id !== '" + before + "'");
    }
    throw new AssertionError("no option has the text " + piece + ": " + texts(tab));
  }

  private static List<String> kinds(Tab tab) {
    return strings(tab.evaluate(OPTIONS + ".map(option => option.className)"));
  }

  private static List<String> texts(Tab tab) {
    return strings(
        tab.evaluate(OPTIONS + ".map(option => option.textContent.replace(/\\s+/g, ' '))"));
  }

  private static List<String> strings(JsonNode array) {
    var strings = new ArrayList<String>();
    array.forEach(string -> strings.add(string.asText()));
    return strings;
  }

  private static void assertSilent(Tab tab) {
    assertEquals(List.of(), tab.errors());
    assertEquals(List.of(), tab.console());
  }

  /** In both colour schemes and on a phone; axe-core finds nothing in any. */
  private static void pictures(Tab tab, String name) {
    for (String scheme : List.of("light", "dark")) {
      tab.preferColorScheme(scheme);
      tab.screenshot(name + "-" + scheme);
    }
    assertEquals(List.of(), Axe.findings(tab), name);
    tab.preferColorScheme("light");
    tab.resize(390, 844);
    tab.screenshot(name + "-phone");
    assertEquals(List.of(), Axe.findings(tab), name + " on a phone");
    tab.preferColorScheme("light");
    tab.resize(1280, 800);
  }
}

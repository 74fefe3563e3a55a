package dev.tidemark.e2e.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Api;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.TidemarkServer;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person's first quarter of an hour, by hand, from the set-up link on. */
final class WalkTest {
  /** The element that has the focus, however deep in shadow roots. */
  static final String FOCUSED =
      "(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at ="
          + " at.shadowRoot.activeElement; return at; })()";

  @Test
  void a_first_user_sets_up_writes_answers_reacts_searches_and_finds_the_keys(
      @TempDir Path folder) {
    try (TidemarkServer server = TidemarkServer.start(folder.resolve("data"));
        Browser browser = Browser.start(folder.resolve("profile"))) {
      Tab tab = browser.open(server.setupUrl());
      UserInput hands = tab.input();
      hands.waitForText("h1", "Welcome to Tidemark");
      tab.screenshot("set-up");
      hands.type("#name", "Grace");
      hands.press("Enter");

      hands.waitForText("tm-empty", "Create your first space");
      tab.screenshot("no-space");
      hands.click("tm-workspace >>> tm-empty button.primary");
      hands.type("tm-name-dialog >>> input", "Harbour");
      tab.screenshot("create-space");
      hands.press("Enter");
      hands.waitForText("tm-empty", "Harbour has no channels yet");
      hands.click("tm-workspace >>> tm-empty button.primary");
      hands.type("tm-name-dialog >>> input", "planning");
      hands.press("Enter");

      say(hands, "The boats leave at nine");
      hands.waitForText("tm-timeline", "The boats leave at nine");
      edit(hands, "The boats leave at ten");
      react(hands);
      reply(hands);
      Page page = new Page(tab).settled();
      company(server, page);
      hands.waitForText("tm-timeline", "Fog until noon");
      say(hands, "This line should not be here");
      hands.waitForText("tm-timeline", "This line should not be here");
      delete(hands, tab);
      search(hands, tab);
      keys(hands, tab);
      rename(hands);
      page.settled();
      pictures(tab);
      archive(hands);
      page.settled();
      assertEquals(List.of(), tab.errors());
      assertEquals(
          List.of(),
          tab.console().stream()
              // Asking who is signed in, before anybody is, is answered by 401.
              .filter(line -> !line.contains("401"))
              .toList());
    }
  }

  private static void say(UserInput hands, String text) {
    hands.type("tm-composer >>> textarea", text);
    hands.press("Enter");
  }

  private static void edit(UserInput hands, String text) {
    hands.press("ArrowUp");
    hands.waitFor("tm-message >>> .editor textarea");
    hands.pressWithControl("a");
    hands.type(text);
    hands.press("Enter");
    hands.waitForText("tm-message", text);
    hands.waitForText("tm-message", "(edited)");
  }

  private static void react(UserInput hands) {
    hands.click("tm-message >>> .body");
    hands.waitFor("tm-message >>> .tools button");
    hands.click("tm-message >>> .tools button");
    hands.click("tm-emoji-picker >>> button");
    hands.waitForText("tm-message >>> .reaction", "1");
  }

  private static void reply(UserInput hands) {
    hands.click("tm-message >>> .body");
    hands.press("r");
    hands.type("tm-thread >>> tm-composer >>> textarea", "I will bring the ropes");
    hands.press("Enter");
    hands.waitForText("tm-thread", "I will bring the ropes");
    hands.waitForText("tm-message >>> .replies", "1 reply");
    hands.press("Escape");
  }

  /** Ben comes in from elsewhere, so that the pictures show a conversation. */
  private static void company(TidemarkServer server, Page page) {
    var row = page.query("select space, id from channels").path(0);
    var place = new Place(row.path("space").asText(), row.path("id").asText());
    page.send(place, "member.joined", Map.of("userId", "ben", "role", "member"));
    page.settled();
    try (var ben = new Api(server.origin(), server.token("ben", false))) {
      ben.append(place.space(), "profile.updated", Map.of("name", "Ben Carter"));
      for (String body :
          List.of(
              "Fog until noon, the radio says. I would wait an **hour**.",
              "Here is the order of the day:\n```\n09:30 fuel\n10:00 ropes off\n```",
              "Charts are at https://example.org/charts and `harbour.pdf`")) {
        ben.append(
            place.space(),
            "message.created",
            place.message("ben-" + Integer.toHexString(body.hashCode()), body));
      }
    }
  }

  private static void delete(UserInput hands, Tab tab) {
    hands.click("tm-message >>> .body");
    hands.press("End");
    tab.waitFor(FOCUSED + "?.message?.body === 'This line should not be here'");
    hands.press("Delete");
    hands.click("tm-dialog button.danger");
    hands.waitForText("tm-timeline", "This message was deleted.");
  }

  private static void search(UserInput hands, Tab tab) {
    hands.pressWithControl("k");
    hands.type("tm-palette >>> input", "boats");
    hands.waitForText("tm-palette >>> .excerpt", "boats");
    tab.screenshot("search");
    hands.press("Escape");
    tab.waitFor(
        "!document.querySelector('tm-root').shadowRoot.querySelector('tm-workspace').shadowRoot.querySelector('tm-palette')");
  }

  private static void keys(UserInput hands, Tab tab) {
    hands.click("tm-message >>> .body");
    hands.press("?");
    hands.waitForText("tm-shortcuts >>> .groups", "Reply in thread");
    tab.screenshot("keys");
    hands.press("Escape");
  }

  private static void rename(UserInput hands) {
    hands.click("tm-channel >>> [aria-label='Channel menu']");
    hands.click("tm-menu[label='Channel'] >>> button:nth-of-type(3)");
    hands.click("tm-name-dialog >>> input");
    hands.pressWithControl("a");
    hands.type("Boat planning");
    hands.press("Enter");
    hands.waitForText("tm-channel >>> h1", "boat-planning");
    hands.waitForText("tm-sidebar", "boat-planning");
  }

  /** Readable afterwards, and closed for writing. */
  private static void archive(UserInput hands) {
    hands.click("tm-channel >>> [aria-label='Channel menu']");
    hands.click("tm-menu[label='Channel'] >>> button.danger");
    hands.click("tm-dialog button.danger");
    hands.waitForText("tm-toasts", "#boat-planning was archived");
    hands.waitForText("tm-channel >>> .closed", "This channel is archived");
    hands.waitForText("tm-timeline", "Fog until noon");
  }

  private static void pictures(Tab tab) {
    tab.input().click("tm-message >>> .replies");
    tab.input().waitForText("tm-thread", "I will bring the ropes");
    for (String scheme : List.of("light", "dark")) {
      tab.preferColorScheme(scheme);
      tab.screenshot("workspace-" + scheme);
    }
    tab.preferColorScheme("light");
    tab.input().press("Escape");
    tab.resize(390, 844);
    tab.input().waitForText("tm-timeline", "Fog until noon");
    tab.screenshot("workspace-phone");
  }
}

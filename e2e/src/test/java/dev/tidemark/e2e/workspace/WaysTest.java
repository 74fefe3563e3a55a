package dev.tidemark.e2e.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways through a channel: to its ends, and by links, also by those that lead nowhere. */
final class WaysTest {
  private static final int MESSAGES = 300;
  private static final int BATCH = 100;

  private static final String SCROLLER =
      "document.querySelector('tm-root').shadowRoot.querySelector('tm-workspace').shadowRoot"
          + ".querySelector('tm-channel').shadowRoot.querySelector('tm-timeline').shadowRoot"
          + ".querySelector('.scroller')";

  private static final String SIDEBAR =
      "document.querySelector('tm-root').shadowRoot.querySelector('tm-workspace').shadowRoot"
          + ".querySelector('tm-sidebar')";

  private static final String FOOT =
      "document.querySelector('tm-root').shadowRoot.querySelector('tm-workspace').shadowRoot"
          + ".querySelector('tm-palette').shadowRoot.querySelector('.foot')";

  @Test
  void the_keys_and_the_button_lead_to_the_ends_with_the_focus(@TempDir Path folder) {
    try (var world = World.start(folder)) {
      Place place = world.place();
      fill(world, place);
      Page page = Page.open(world.browser("profile"), world.origin() + place.path()).online();
      Tab tab = page.tab();
      UserInput hands = tab.input();
      hands.waitForText("tm-timeline", "message " + (MESSAGES - 1));

      // The field to write in has the focus; the messages are before it.
      hands.waitFor("tm-composer >>> textarea:focus");
      hands.pressWithShift("Tab");
      hands.press("Home");
      tab.waitFor(focusedOn(0) + " && " + SCROLLER + ".scrollTop === 0");
      hands.press("End");
      isAtEnd(tab);

      hands.press("Home");
      tab.waitFor(focusedOn(0));
      hands.click("tm-timeline >>> .jump.bottom");
      isAtEnd(tab);

      // As on a small screen at twice the size: what is said below the results stays in view.
      tab.resize(640, 400);
      hands.press("e");
      hands.waitFor("tm-message >>> .editor textarea");
      hands.pressWithControl("k");
      hands.type("tm-palette >>> input", "message");
      hands.waitForText("tm-palette >>> .excerpt", "message");
      tab.waitFor(FOOT + ".getBoundingClientRect().bottom <= innerHeight");
      assertEquals(List.of(), tab.errors());
    }
  }

  @Test
  void a_link_to_what_is_not_here_shows_the_channel_and_says_so(@TempDir Path folder) {
    try (var world = World.start(folder)) {
      Place place = world.place();
      world.api().append(place.space(), "message.created", place.message("m", "low tide at noon"));
      String channel = world.origin() + place.path();
      Page page = Page.open(world.browser("profile"), channel + "/m/nowhere").online();
      UserInput hands = page.tab().input();
      hands.waitForText("tm-toasts", "not on this device yet");
      hands.waitForText("tm-timeline", "low tide at noon");

      // What opens over the page leaves the page as it is, also with little in it.
      hands.pressWithControl("k");
      hands.waitFor("tm-palette >>> input");
      assertEquals(true, page.tab().holds(SIDEBAR + ".clientHeight === innerHeight"));
      hands.press("Escape");

      page.tab().navigate(channel + "/t/nowhere");
      hands.waitForText("tm-thread", "is not here");
      assertEquals(false, hands.sees("tm-thread >>> tm-composer"));

      world.api().append(place.space(), "message.created", place.message("nowhere", "high tide"));
      hands.waitForText("tm-thread", "high tide");
      hands.waitFor("tm-thread >>> tm-composer");
    }
  }

  private static void fill(World world, Place place) {
    for (int from = 0; from < MESSAGES; from += BATCH) {
      List<Map<String, ?>> batch = new ArrayList<>();
      for (int at = from; at < from + BATCH; at++) {
        batch.add(world.api().event("message.created", place.message("m" + at, "message " + at)));
      }
      assertEquals(200, world.api().append(place.space(), batch).status());
    }
  }

  /** The newest message has the focus and is the last that can be scrolled to. */
  private static void isAtEnd(Tab tab) {
    tab.waitFor(focusedOn(MESSAGES - 1) + " && " + atBottom());
    // What a page that had begun to fetch something else would have done by now.
    tab.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " requestAnimationFrame(done)))).then(() => true)");
    tab.waitFor(focusedOn(MESSAGES - 1) + " && " + atBottom());
  }

  private static String atBottom() {
    return "(scroller => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2)("
        + SCROLLER
        + ")";
  }

  private static String focusedOn(int number) {
    return WalkTest.FOCUSED + "?.message?.id === 'm" + number + "'";
  }
}

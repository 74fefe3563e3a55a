package dev.tidemark.e2e.refusals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Api;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bob loses a space, and later his session, while his browser is open. */
final class LostAccessTest {
  private static final String BOB = "bob";

  @TempDir Path folder;

  @Test
  void a_removed_member_keeps_nothing_of_the_space_on_the_device() {
    try (var world = World.start(folder);
        var proxy = new CuttableProxy(world.server().port())) {
      Place kept = world.place();
      Place lost = world.place();
      String session = world.signUp(BOB);
      for (Place place : List.of(kept, lost)) {
        world.api().append(place.space(), "member.joined", Map.of("userId", BOB, "role", "member"));
        world.api().append(place.space(), "message.created", place.message("m", "secret"));
      }
      Page bob = Page.open(world.browser("bob", session), proxy.origin()).online();
      bob.knows(kept).knows(lost);
      proxy.cut();
      bob.offline();
      bob.say(lost, "too-late");
      bob.say(kept, "in-time");
      world.api().append(lost.space(), "member.left", Map.of("userId", BOB));
      proxy.mend();
      bob.tab()
          .waitFor(
              "tidemark.query('select 1 from spaces where id = ?', ['%s']).then(rows => rows.length === 0)"
                  .formatted(lost.space()));
      for (String view :
          List.of("channels", "messages", "members", "reactions", "profiles", "outbox")) {
        assertEquals(
            0, bob.query("select 1 from " + view + " where space = ?", lost.space()).size(), view);
      }
      assertEquals(0, bob.tab().evaluate("tidemark.search('too')").size());
      bob.settled();
      assertEquals(List.of("secret", "in-time"), bob.bodies(kept));
      assertEquals(
          List.of("m", "in-time"),
          world.api().events(kept.space(), 0, 10).findValuesAsText("messageId"));
    }
  }

  @Test
  void an_ended_session_leads_to_the_sign_in_page_and_what_waited_is_sent_after_signing_in() {
    try (var world = World.start(folder)) {
      Place place = world.place();
      world.api().append(place.space(), "member.joined", Map.of("userId", BOB, "role", "member"));
      String token = world.server().token(BOB, false);
      String session = Api.signIn(world.origin(), Map.of("token", token)).orElseThrow();
      Browser browser = world.browser("bob", session);
      Page owner = Page.open(browser, world.origin() + place.path()).online().knows(place);
      Page other = Page.open(browser, world.origin() + place.path()).online();

      try (var bob = Api.ofSession(world.origin(), session)) {
        assertEquals(204, bob.delete("/api/v1/session").status());
      }
      for (Page page : List.of(owner, other)) {
        page.tab().input().waitForText("tm-sign-in", "Your session has ended");
      }
      owner.say(place, "without-session");
      UserInput hands = other.tab().input();
      hands.type("tm-sign-in >>> #link", token);
      hands.press("Enter");
      hands.waitForText("tm-timeline", "without-session");
      other.online().settled();
      assertEquals(
          List.of("without-session"),
          world.api().events(place.space(), 3, 10).findValuesAsText("messageId"));
      owner.tab().input().waitForText("tm-timeline", "without-session");
    }
  }
}

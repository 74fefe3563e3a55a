package dev.tidemark.e2e.refusals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Bob writes while he is offline, and meanwhile Ada changes what he may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedEventTest {
  private static final String BOB = "bob";
  private static final String RETRY = "tm-message >>> .refusal button:nth-of-type(1)";
  private static final String COPY = "tm-message >>> .refusal button:nth-of-type(2)";
  private static final String DISCARD = "tm-message >>> .refusal button:last-of-type";

  private World world;
  private CuttableProxy proxy;
  private Browser browser;
  private Page bob;
  private Place place;

  @BeforeAll
  void start(@TempDir Path folder) {
    world = World.start(folder);
    proxy = new CuttableProxy(world.server().port());
    browser = world.browser("bob", world.signUp(BOB));
    bob = Page.open(browser, proxy.origin());
  }

  @AfterAll
  void stop() {
    proxy.close();
    world.close();
  }

  @BeforeEach
  void invite() {
    proxy.mend();
    place = world.place();
    world.api().append(place.space(), "member.joined", Map.of("userId", BOB, "role", "member"));
    bob.online().knows(place);
    bob.tab().navigate(proxy.origin() + place.path());
  }

  private void writeOffline(String body) {
    proxy.cut();
    bob.offline();
    bob.tab().input().type("tm-composer >>> textarea", body);
    bob.tab().input().press("Enter");
    bob.tab().input().waitForText("tm-timeline", body);
  }

  private void setRole(String role) {
    world.api().append(place.space(), "member.role_changed", Map.of("userId", BOB, "role", role));
  }

  @Test
  void a_refused_message_is_shown_with_the_reason_and_can_be_sent_again() {
    writeOffline("let me speak");
    setRole("reader");
    proxy.mend();
    UserInput hands = bob.tab().input();
    hands.waitForText("tm-message >>> .refusal", "Not sent.");
    assertEquals(
        List.of("refused"),
        bob.query("select state from messages where space = ?", place.space())
            .findValuesAsText("state"));
    assertEquals(0, messagesInLog());

    setRole("member");
    bob.tab()
        .waitFor(
            "tidemark.query(\"select role from spaces where id = '%s'\").then(rows => rows[0].role === 'member')"
                .formatted(place.space()));
    hands.click(RETRY);
    bob.settled();
    bob.tab()
        .waitFor(
            "tidemark.query(\"select state from messages where space = '%s'\").then(rows => rows.length === 1 && rows[0].state === 'sent')"
                .formatted(place.space()));
    assertEquals(1, messagesInLog());
    assertFalse(hands.sees("tm-message >>> .refusal"));
  }

  @Test
  void the_text_of_a_refused_message_can_be_copied() {
    browser.grant(proxy.origin(), "clipboardReadWrite", "clipboardSanitizedWrite");
    writeOffline("too good to lose");
    setRole("reader");
    proxy.mend();
    UserInput hands = bob.tab().input();
    hands.waitForText("tm-message >>> .refusal", "Not sent.");
    hands.click(COPY);
    bob.tab().waitFor("navigator.clipboard.readText().then(text => text === 'too good to lose')");
    hands.click(DISCARD);
    bob.tab().waitFor("tidemark.status().refused === 0");
  }

  @Test
  void a_refused_message_can_be_let_go_of() {
    writeOffline("never mind");
    world.api().append(place.space(), "channel.archived", Map.of("channelId", place.channel()));
    proxy.mend();
    UserInput hands = bob.tab().input();
    hands.waitForText("tm-message >>> .refusal", "Not sent.");
    hands.waitForText("tm-status-line", "refused");
    hands.click(DISCARD);
    bob.tab().waitFor("tidemark.status().refused === 0");
    bob.waitForBodies(place, List.of());
    assertEquals(0, messagesInLog());
  }

  @Test
  void what_does_not_depend_on_a_refused_event_is_sent() {
    Place open = new Place(place.space(), "open");
    world
        .api()
        .append(place.space(), "channel.created", Map.of("channelId", "open", "name", "open"));
    bob.knows(open);
    proxy.cut();
    bob.offline();
    String refused = bob.say(place, "into-the-archive");
    String sent = bob.say(open, "into-the-open");
    world.api().append(place.space(), "channel.archived", Map.of("channelId", place.channel()));
    proxy.mend();
    assertFalse(bob.outcome(refused).join().isNumber());
    assertEquals(
        bob.outcome(sent).join().asLong(),
        world.api().events(place.space(), 0, 100).findValues("position").getLast().asLong());
    bob.tab().evaluate("tidemark.status()");
    assertEquals(1, bob.status().refused());
    bob.tab().call("(space, id) => tidemark.discard(space, id)", place.space(), refused);
    assertEquals(List.of(), bob.bodies(place));
    assertEquals(List.of("into-the-open"), bob.bodies(open));
  }

  private long messagesInLog() {
    return world.api().events(place.space(), 0, 100).findValuesAsText("type").stream()
        .filter("message.created"::equals)
        .count();
  }
}

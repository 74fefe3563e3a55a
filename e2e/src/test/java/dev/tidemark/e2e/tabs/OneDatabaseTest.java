package dev.tidemark.e2e.tabs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two tabs of one browser, both alive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneDatabaseTest {
  private static final String SUBSCRIBE =
      """
      (space, channel) => {
        globalThis.results = [];
        tidemark.subscribe(
          'select id, body, state from messages where space = ? and channel = ? order by order_key',
          [space, channel],
          ({rows, added}) => results.push({rows: rows.map(row => row.body), added: added.map(row => row.body)}));
      }
      """;

  private World world;
  private Page owner;
  private Page follower;
  private Place place;

  @BeforeAll
  void open(@TempDir Path folder) {
    world = World.start(folder);
    Browser browser = world.browser("profile");
    owner = Page.open(browser, world.origin()).online();
    follower = Page.open(browser, world.origin()).online();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void make() {
    place = world.place();
    follower.knows(place);
  }

  @Test
  void one_tab_owns_the_database_and_the_other_one_follows() {
    assertEquals("owner", owner.status().role());
    assertEquals("follower", follower.status().role());
    assertEquals(owner.id(), owner.status().owner());
    assertEquals(owner.id(), follower.status().owner());
    assertEquals(owner.status().epoch(), follower.status().epoch());
    assertTrue(owner.status().epoch() > 0);
    assertNotEquals(owner.id(), follower.id());
    assertEquals(
        1,
        owner
            .tab()
            .evaluate(
                "navigator.locks.query().then(({held}) =>"
                    + " held.filter(lock => lock.name.startsWith('tidemark-owner-')).length)")
            .asInt());
  }

  @Test
  void the_follower_gets_ready_to_take_over() {
    follower.tab().waitFor("tidemark.status().standby");
    assertFalse(owner.tab().evaluate("tidemark.status().standby").asBoolean());
  }

  @Test
  void a_write_in_the_follower_reaches_a_live_query_in_the_owner() {
    owner.tab().call(SUBSCRIBE, place.space(), place.channel());
    owner.tab().waitFor("results.length === 1 && results[0].rows.length === 0");
    follower.say(place, "hello");
    owner.tab().waitFor("results.some(result => result.added.includes('hello'))");
    assertEquals(List.of("hello"), owner.bodies(place));
    assertEquals(List.of("hello"), follower.bodies(place));
  }

  @Test
  void a_write_in_the_owner_reaches_a_live_query_in_the_follower() {
    follower.tab().call(SUBSCRIBE, place.space(), place.channel());
    follower.tab().waitFor("results.length === 1 && results[0].rows.length === 0");
    owner.say(place, "hello");
    follower.tab().waitFor("results.some(result => result.added.includes('hello'))");
  }

  @Test
  void an_event_of_the_server_reaches_live_queries_in_both_tabs() {
    for (Page page : List.of(owner, follower)) {
      page.tab().call(SUBSCRIBE, place.space(), place.channel());
    }
    world.api().append(place.space(), "message.created", place.message("m", "from afar"));
    for (Page page : List.of(owner, follower)) {
      page.tab().waitFor("results.at(-1).rows.includes('from afar')");
    }
  }

  @Test
  void a_tab_reads_at_once_what_the_other_tab_has_written() {
    for (int round = 0; round < 20; round++) {
      Page writer = round % 2 == 0 ? follower : owner;
      Page reader = round % 2 == 0 ? owner : follower;
      String body = "round-" + round;
      writer.say(place, body);
      assertEquals(body, reader.bodies(place).getLast());
    }
  }

  @Test
  void confirmed_writes_have_the_positions_that_the_server_gave() {
    String id = follower.say(place, "confirmed");
    long position = follower.outcome(id).join().asLong();
    assertEquals(
        position,
        owner
            .query(
                "select position from messages where space = ? and id = 'confirmed'", place.space())
            .path(0)
            .path("position")
            .asLong());
    assertEquals(
        id, world.api().events(place.space(), position - 1, 1).path(0).path("id").asText());
  }

  @Test
  void a_message_said_in_one_tab_is_seen_in_the_other() {
    for (Page page : List.of(owner, follower)) {
      page.tab().navigate(world.origin() + place.path());
      page.ready();
    }
    follower.tab().input().type("tm-composer >>> textarea", "Good morning");
    follower.tab().input().press("Enter");
    owner.tab().input().waitForText("tm-timeline", "Good morning");
    follower.tab().input().waitForText("tm-timeline", "Good morning");
    follower.settled();
    assertEquals(1, world.api().events(place.space(), 2, 10).findValues("messageId").size());
    assertEquals(List.of(), owner.tab().errors());
    assertEquals(List.of(), follower.tab().errors());
  }
}

package dev.tidemark.e2e.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two devices of one person, both connected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoBrowsersTest {
  private World world;
  private Page laptop;
  private Page phone;

  @BeforeAll
  void open(@TempDir Path folder) {
    world = World.start(folder);
    laptop = Page.open(world.browser("laptop"), world.origin()).online();
    phone = Page.open(world.browser("phone"), world.origin()).online();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void both_own_a_database_of_their_own() {
    assertEquals("owner", laptop.status().role());
    assertEquals("owner", phone.status().role());
  }

  @Test
  void what_one_writes_the_other_one_shows_live() {
    Place place = world.place();
    for (Page page : List.of(laptop, phone)) {
      page.knows(place);
      page.tab().navigate(world.origin() + place.path());
    }
    laptop.tab().input().type("tm-composer >>> textarea", "from the laptop");
    laptop.tab().input().press("Enter");
    phone.tab().input().waitForText("tm-timeline", "from the laptop");
    phone.tab().input().type("tm-composer >>> textarea", "from the phone");
    phone.tab().input().press("Enter");
    laptop.tab().input().waitForText("tm-timeline", "from the phone");
  }

  @Test
  void writes_of_both_at_the_same_time_end_in_the_same_order_everywhere() {
    Place place = world.place();
    laptop.knows(place);
    phone.knows(place);
    String write =
        """
        async (space, channel, name) => {
          const all = [];
          for (let at = 0; at < 50; at++) {
            const id = name + '-' + at;
            const sent = await tidemark.send(
              {space, type: 'message.created', payload: {messageId: id, channelId: channel, body: id}});
            all.push(sent.confirmed);
          }
          return Promise.all(all);
        }
        """;
    var one = laptop.tab().callLater(write, place.space(), place.channel(), "laptop");
    var two = phone.tab().callLater(write, place.space(), place.channel(), "phone");
    one.join();
    two.join();
    var log = world.api().events(place.space(), 2, 1000).findValuesAsText("messageId");
    assertEquals(100, log.size());
    laptop.waitForBodies(place, log);
    phone.waitForBodies(place, log);
  }
}

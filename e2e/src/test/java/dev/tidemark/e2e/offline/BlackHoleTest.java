package dev.tidemark.e2e.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that keeps every connection open and carries nothing, as a lost mobile cell does. */
final class BlackHoleTest {
  /** Three missing keep-alives of 15 s, and a little for a busy machine. */
  private static final Duration NOTICED = Duration.ofSeconds(45 + 5);

  @Test
  void a_black_hole_is_noticed_by_its_silence_and_nothing_is_lost_in_it(@TempDir Path folder) {
    try (var world = World.start(folder);
        var proxy = new CuttableProxy(world.server().port())) {
      Place place = world.place();
      Page page =
          Page.open(world.browser("profile"), proxy.origin() + place.path()).online().knows(place);
      proxy.swallow();
      String id = page.say(place, "into-the-hole");
      world.api().append(place.space(), "message.created", place.message("beyond-it", "beyond-it"));
      page.tab().waitFor("!tidemark.status().online", NOTICED);
      page.tab().input().waitForText("tm-banner", "1 message will be sent when you are back");
      assertEquals(List.of("into-the-hole"), page.bodies(place));
      assertEquals(List.of("into-the-hole"), page.waiting(place));

      proxy.mend();
      page.online().settled();
      assertEquals(4, page.outcome(id).join().asLong());
      page.waitForBodies(place, List.of("beyond-it", "into-the-hole"));
      assertEquals(
          List.of("beyond-it", "into-the-hole"),
          world.api().events(place.space(), 2, 10).findValuesAsText("messageId"));
    }
  }
}

package dev.tidemark.e2e.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.CuttableProxy;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.UserInput;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that has no room left, and gets some again. */
final class FullDeviceTest {
  private static final int ROOM_BYTES = 2_000_000;

  /** Writes until something is refused: how many were stored, and why not more. */
  private static final String FILL =
      """
      async (space, channel) => {
        const text = 'x'.repeat(9000);
        for (let stored = 0; stored < 1000; stored++) {
          const messageId = 'fill-' + stored;
          try {
            await tidemark.send({space, type: 'message.created', payload: {messageId, channelId: channel, body: text}});
          } catch (error) {
            return {stored, code: error.code, sentence: error.message};
          }
        }
      }
      """;

  private static final String MESSAGES =
      "select id from messages where space = ? order by order_key";

  /** More than the little room that smaller events may still find. */
  private static final String TOO_LONG = "no room for this ".repeat(2_000).strip();

  /** The field of the composer, through the shadow roots around it. */
  private static final String FIELD =
      "['tm-workspace', 'tm-channel', 'tm-composer', 'textarea'].reduce((at, name) =>"
          + " at.shadowRoot.querySelector(name), document.querySelector('tm-root'))";

  @Test
  void what_finds_no_room_is_refused_clearly_and_all_goes_on_once_there_is_room_again(
      @TempDir Path folder) {
    try (var world = World.start(folder);
        var proxy = new CuttableProxy(world.server().port())) {
      Place place = world.place();
      Browser browser = world.browser("profile");
      Page page = Page.open(browser, proxy.origin() + place.path()).online().knows(place);
      page.say(place, "first");
      page.settled();
      long epoch = page.status().epoch();
      proxy.cut();
      page.offline();

      limit(
          page,
          proxy.origin(),
          page.tab().evaluate("navigator.storage.estimate().then(e => e.usage)").asLong()
              + ROOM_BYTES);
      JsonNode filled = page.tab().call(FILL, place.space(), place.channel());
      assertEquals("storage-full", filled.path("code").asText());
      assertEquals(
          "This device has no room left for the database.", filled.path("sentence").asText());
      var stored = new ArrayList<>(List.of("first"));
      for (int at = 0; at < filled.path("stored").asInt(); at++) {
        stored.add("fill-" + at);
      }
      assertFalse(stored.size() == 1);
      UserInput hands = page.tab().input();
      hands.type("tm-composer >>> textarea", TOO_LONG);
      hands.press("Enter");
      hands.waitForText("tm-toasts", "no room left");
      page.tab().waitFor("%s.value === '%s'".formatted(FIELD, TOO_LONG));
      assertEquals(stored, page.query(MESSAGES, place.space()).findValuesAsText("id"));
      assertEquals(
          stored.subList(1, stored.size()),
          page.waiting(place).stream().filter(id -> id.startsWith("fill-")).toList());

      world.api().append(place.space(), "message.created", place.message("other", "other"));
      proxy.mend();
      hands.waitForText("tm-banner", "no room left");
      page.tab().screenshot("no-room");

      page.tab().command("Storage.overrideQuotaForOrigin", Map.of("origin", proxy.origin()));
      page.say(place, "last");
      page.online().settled();
      stored.add(1, "other");
      stored.add("last");
      assertEquals(
          stored, world.api().events(place.space(), 2, 1000).findValuesAsText("messageId"));
      assertEquals(stored, page.query(MESSAGES, place.space()).findValuesAsText("id"));
      assertEquals(epoch, page.status().epoch());
    }
  }

  private static void limit(Page page, String origin, long bytes) {
    page.tab()
        .command("Storage.overrideQuotaForOrigin", Map.of("origin", origin, "quotaSize", bytes));
  }
}

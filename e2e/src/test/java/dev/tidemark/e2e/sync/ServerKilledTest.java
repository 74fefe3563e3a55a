package dev.tidemark.e2e.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while two browsers of two people and a program write. */
final class ServerKilledTest {
  private static final int KILLS = 2;
  private static final int ACKNOWLEDGED_BETWEEN_KILLS = 40;
  private static final Duration RESTART_PATIENCE = Duration.ofMinutes(2);
  private static final String BOB = "bob";

  private static final String WRITE =
      """
      (space, channel, name) => {
        const load = globalThis.load = {written: [], confirmed: {}, failed: [], stop: false};
        load.finished = (async () => {
          while (!load.stop) {
            const id = name + '-' + load.written.length;
            const sent = await tidemark.send(
              {space, type: 'message.created', payload: {messageId: id, channelId: channel, body: id}});
            load.written.push(id);
            sent.confirmed.then(position => { load.confirmed[id] = position; }, error => load.failed.push(error.code));
            await new Promise(resolve => setTimeout(resolve, 20));
          }
        })();
      }
      """;

  /** Everything that this space's events have made of the database, in one order for all. */
  private static final List<String> STATE =
      List.of(
          "select * from messages where space = ? order by id",
          "select space, id, name, archived from channels where space = ? order by id",
          "select * from reactions where space = ? order by message, author, emoji",
          "select * from members where space = ? order by user",
          "select * from profiles where space = ? order by user");

  @Test
  void no_acknowledged_event_is_lost_or_doubled_when_the_server_is_killed_under_load(
      @TempDir Path folder) {
    try (var world = World.start(folder)) {
      Place place = world.place();
      String session = world.signUp(BOB);
      world.api().append(place.space(), "member.joined", Map.of("userId", BOB, "role", "member"));
      Page ada = Page.open(world.browser("ada"), world.origin()).online().knows(place);
      Page bob = Page.open(world.browser("bob", session), world.origin()).online().knows(place);

      ada.tab().call(WRITE, place.space(), place.channel(), "ada");
      bob.tab().call(WRITE, place.space(), place.channel(), "bob");
      var acknowledged = new ConcurrentHashMap<Long, String>();
      var stop = new AtomicBoolean();
      Thread program = Thread.ofPlatform().start(() -> append(world, place, acknowledged, stop));
      for (int kill = 0; kill < KILLS; kill++) {
        int enough = acknowledged.size() + ACKNOWLEDGED_BETWEEN_KILLS;
        Waiting.until("load", () -> acknowledged.size() >= enough);
        world.server().kill();
        ada.offline();
        bob.offline();
        world.server().start();
        for (Page page : List.of(ada, bob)) {
          // The system tells that the network changed; otherwise the next try may be a while away.
          page.tab().evaluate("dispatchEvent(new Event('online'))");
          page.online();
        }
      }
      stop.set(true);
      join(program);
      List<JsonNode> loads = new ArrayList<>();
      for (Page page : List.of(ada, bob)) {
        page.tab().evaluate("load.stop = true, load.finished");
        page.settled();
        page.tab()
            .waitFor(
                "Object.keys(load.confirmed).length + load.failed.length === load.written.length");
        loads.add(page.tab().evaluate("({...load, finished: 0})"));
      }

      var log = log(world, place);
      assertEquals(
          LongStream.rangeClosed(1, log.size()).boxed().toList(), List.copyOf(log.keySet()));
      var ids = new HashSet<String>();
      log.values()
          .forEach(event -> assertTrue(ids.add(event.path("id").asText()), "twice: " + event));
      acknowledged.forEach(
          (position, message) -> assertEquals(message, messageAt(log, position), "at " + position));
      for (JsonNode load : loads) {
        assertEquals(0, load.path("failed").size(), load.path("failed").toString());
        load.path("confirmed")
            .properties()
            .forEach(
                entry -> assertEquals(entry.getKey(), messageAt(log, entry.getValue().asLong())));
      }
      String head = place.space() + ":" + log.size() + ":";
      for (Page page : List.of(ada, bob)) {
        Waiting.until(head, () -> page.status().cursor().contains(head));
      }
      for (String sql : STATE) {
        assertEquals(ada.query(sql, place.space()), bob.query(sql, place.space()), sql);
      }
      assertEquals(
          loads.get(0).path("written").size()
              + loads.get(1).path("written").size()
              + log.values().stream().filter(ServerKilledTest::isFromProgram).count(),
          ada.bodies(place).size());
      var check = world.server().run("check");
      assertEquals(0, check.status(), check.toString());
    }
  }

  private static boolean isFromProgram(JsonNode event) {
    return event.path("payload").path("messageId").asText().startsWith("program-");
  }

  private static String messageAt(Map<Long, JsonNode> log, long position) {
    JsonNode event = log.get(position);
    return event == null ? "" : event.path("payload").path("messageId").asText();
  }

  /** Appends one after the other; what got no answer may or may not be in the log. */
  private static void append(
      World world, Place place, Map<Long, String> acknowledged, AtomicBoolean stop) {
    for (int at = 0; !stop.get(); at++) {
      String id = "program-" + at;
      try {
        long position = world.api().append(place.space(), "message.created", place.message(id, id));
        acknowledged.put(position, id);
      } catch (UncheckedIOException serverIsDown) {
        Waiting.until(
            "the server to be back",
            RESTART_PATIENCE,
            () -> world.api().get("/healthz").status() == 200);
      }
    }
  }

  private static Map<Long, JsonNode> log(World world, Place place) {
    var log = new TreeMap<Long, JsonNode>();
    JsonNode page = world.api().events(place.space(), 0, 1000);
    while (!page.isEmpty()) {
      page.forEach(event -> log.put(event.path("position").asLong(), event));
      page = world.api().events(place.space(), log.size(), 1000);
    }
    return log;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the program", e);
    }
  }
}

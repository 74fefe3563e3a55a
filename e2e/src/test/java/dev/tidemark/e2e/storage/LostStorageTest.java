package dev.tidemark.e2e.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Page;
import dev.tidemark.e2e.harness.Tab;
import dev.tidemark.e2e.harness.Waiting;
import dev.tidemark.e2e.harness.World;
import dev.tidemark.e2e.harness.World.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk, or the browser, takes away or spoils what was stored while nobody looked. */
final class LostStorageTest {
  /** The pool keeps its own notes in front of each file. */
  private static final int POOL_HEADER_BYTES = 4096;

  private static final int PAGE_BYTES = 4096;
  private static final List<String> KNOWN =
      List.of("one-of-these", "two-of-these", "three-of-these");

  @TempDir Path folder;
  private World world;
  private Place place;
  private String url;

  @BeforeEach
  void start() {
    world = World.start(folder);
    place = world.place();
    url = world.origin() + place.path();
    for (String body : KNOWN) {
      world.api().append(place.space(), "message.created", place.message(body, body));
    }
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void evicted_storage_is_said_to_be_lost_and_comes_back_from_the_server() {
    Browser browser = world.browser("profile");
    Page.open(browser, url).online().waitForBodies(place, KNOWN);
    for (String types :
        List.of("file_systems", "file_systems,indexeddb,cache_storage,service_workers")) {
      browser.closeTabs();
      Tab tab = browser.blank();
      tab.navigate(world.origin() + "/healthz");
      tab.command(
          "Storage.clearDataForOrigin", Map.of("origin", world.origin(), "storageTypes", types));
      tab.navigate(url);
      Page page = new Page(tab).ready().online();
      page.waitForBodies(place, KNOWN);
      tab.waitFor("tidemark.status().problem?.code === 'storage-lost'");
      tab.input().waitForText("tm-banner", "come back from the server");
    }
  }

  @Test
  void a_damaged_database_is_put_aside_and_built_anew_with_what_waited_to_be_sent()
      throws IOException {
    Path profile = world.profile("profile");
    try (Browser browser = world.browser("profile")) {
      Page page = Page.open(browser, url).online();
      page.waitForBodies(place, KNOWN);
      page.tab()
          .waitFor(
              "navigator.serviceWorker.ready.then(ready => ready.active.state === 'activated')");
      world.server().kill();
      page.offline();
      page.say(place, "waiting");
      // Until then all of it is in the log beside the file, which is moved there in idle moments.
      Waiting.until("the log in the file", () -> pagesWith(database(profile), "waiting") > 0);
    }
    Path other = copy(profile, world.profile("other"));
    spoil(database(profile), page -> contains(page, KNOWN.getFirst()));
    spoil(database(other), page -> true);

    Page page = Page.open(world.browser("profile"), url).offline();
    page.tab().input().waitForText("tm-banner", "What waited to be sent was kept");
    assertTrue(page.waiting(place).contains("waiting"));
    world.server().start();
    page.tab().evaluate("dispatchEvent(new Event('online'))");
    page.online().settled();
    var all = List.of("one-of-these", "two-of-these", "three-of-these", "waiting");
    page.waitForBodies(place, all);
    assertEquals(all, world.api().events(place.space(), 2, 9).findValuesAsText("messageId"));

    Page rest = Page.open(world.browser("other"), url).online();
    rest.waitForBodies(place, all);
    rest.tab().input().waitForText("tm-banner", "Not all of what waited to be sent could be read");
    rest.say(place, "and-on-it-goes");
    rest.settled();
  }

  /** The file that the pool keeps the database in: its name stands in front of it. */
  private static Path database(Path profile) throws IOException {
    try (Stream<Path> files = Files.walk(profile.resolve("Default/File System"))) {
      return files.filter(LostStorageTest::isDatabase).findFirst().orElseThrow();
    }
  }

  private static boolean isDatabase(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(32), StandardCharsets.ISO_8859_1)
          .startsWith("/tidemark.db\0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(byte[] page, String text) {
    return new String(page, StandardCharsets.ISO_8859_1).contains(text);
  }

  private static int pagesWith(Path database, String text) throws IOException {
    return eachPage(database, page -> contains(page, text), (file, at) -> {});
  }

  /** Overwrites some pages of a database with noise. */
  private static void spoil(Path database, Predicate<byte[]> which) throws IOException {
    var random = new Random(1);
    int spoilt =
        eachPage(
            database,
            which,
            (file, at) -> {
              var noise = new byte[PAGE_BYTES];
              random.nextBytes(noise);
              file.seek(at);
              file.write(noise);
            });
    assertTrue(spoilt > 0, "nothing to spoil in " + database);
  }

  private interface Doing {
    void at(RandomAccessFile file, long offset) throws IOException;
  }

  private static int eachPage(Path database, Predicate<byte[]> which, Doing doing)
      throws IOException {
    int found = 0;
    try (var file = new RandomAccessFile(database.toFile(), "rw")) {
      var page = new byte[PAGE_BYTES];
      for (long at = POOL_HEADER_BYTES; at + PAGE_BYTES <= file.length(); at += PAGE_BYTES) {
        file.seek(at);
        file.readFully(page);
        if (which.test(page)) {
          doing.at(file, at);
          found++;
        }
      }
    }
    return found;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file :
          (Iterable<Path>) files.filter(file -> !Files.isSymbolicLink(file))::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}

package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.owner.Replica;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sits in front of a browser: writes, reads, watches, discards and retries in any of its tabs,
 * and notices when what a tab shows goes back (I6, I7).
 */
final class Person {
  private static final String TIMELINE =
      "SELECT id, body, state, reactions, order_key FROM messages WHERE space = ? AND channel = ?"
          + " AND thread IS NULL ORDER BY order_key DESC LIMIT ?";
  private static final String THREAD =
      "SELECT id, author, edited_at FROM messages WHERE space = ? AND thread = ?"
          + " ORDER BY order_key";
  private static final String COUNT = "SELECT count(*) FROM messages WHERE space = ?";
  private static final String ONE = "SELECT state FROM messages WHERE space = ? AND id = ?";
  private static final String SPACES = "SELECT id, position FROM spaces ORDER BY id";
  private static final String MEMBERS =
      "SELECT user, role FROM members WHERE space = ? ORDER BY user";

  private final World world;
  private final ServerModel server;
  private final Browser browser;
  private final Typist typist;
  private final List<Event> written;
  private final Map<String, Map<String, Long>> seen = new HashMap<>();
  private int seenAtLosses;
  private int retries;

  /**
   * @param written what all people have written, for those who reuse ids
   */
  Person(World world, ServerModel server, Browser browser, Typist typist, List<Event> written) {
    this.world = world;
    this.server = server;
    this.browser = browser;
    this.typist = typist;
    this.written = written;
  }

  /** Does something in one of the tabs. */
  void act() {
    Page page = page();
    if (page == null || world.isCalm()) {
      return;
    }
    page.context().run(() -> act(page));
  }

  private void act(Page page) {
    int chance = world.dice().below(100);
    if (chance < 62) {
      write(page);
    } else if (chance < 72) {
      look(page);
    } else if (chance < 82) {
      subscribe(page);
    } else if (chance < 86 && !page.results().isEmpty()) {
      page.unsubscribe(world.dice().pick(new ArrayList<>(page.results().keySet())));
    } else if (chance < 96) {
      tidy(page);
    } else {
      page.call(new Call.Search("tide", null, null, 5), hits -> {}, code -> {});
    }
  }

  private @Nullable Page page() {
    List<Page> here = browser.pages().stream().filter(Page::isHere).toList();
    return here.isEmpty() ? null : world.dice().pick(here);
  }

  private void write(Page page) {
    Replica replica = browser.replica();
    Database rows = browser.store();
    List<String> known = new ArrayList<>();
    if (replica != null) {
      known.addAll(replica.cursor().marks().keySet());
      known.removeIf(id -> id.startsWith("p-") && !id.equals("p-" + browser.user()));
    }
    String space = known.isEmpty() ? "s1" : world.dice().pick(known);
    Event event =
        typist.event(rows == null ? new MemoryDatabase() : rows, space, space.startsWith("p-"), 0);
    if (!written.isEmpty() && world.strikes(Fault.ID_REUSED, 10)) {
      event = typist.forgery(world.dice().pick(written));
    } else if (world.strikes(Fault.WRITE_REPEATED, 20)) {
      send(page, event);
    }
    written.add(event);
    send(page, event);
  }

  private void send(Page page, Event event) {
    Call write =
        new Call.Write(
            event.space(), event.id(), event.type(), null, event.clientTime(), event.payload());
    int drops = browser.drops(event.space());
    page.call(
        write,
        stored -> {
          if (drops == browser.drops(event.space())) {
            browser.promise(event);
            readBack(event);
          }
          awaitFate(page, event);
        },
        code -> {});
  }

  private void awaitFate(Page page, Event event) {
    page.call(
        new Call.Await(event.space(), event.id()),
        position -> {
          SpaceModel space = server.space(event.space());
          Event placed = space.find(event.id());
          if (server.restores() > 0) {
            return; // It may have been confirmed before the backup was restored.
          }
          if (placed == null || !Objects.equals(position, (double) placed.position())) {
            throw new Violation("I1", event.id() + " was confirmed at " + position);
          }
        },
        code -> {});
  }

  /** I6: whoever looks after the write was acknowledged sees it, in whatever tab. */
  private void readBack(Event event) {
    Page page = page();
    if (page == null
        || !(event.body() instanceof WorkspaceEvent.MessageCreated created)
        || !world.dice().chance(500)) {
      return;
    }
    int losses = browser.losses();
    page.call(
        new Call.Query(ONE, List.of(event.space(), created.messageId())),
        result -> {
          boolean isGone =
              browser.losses() != losses
                  || (server.space(event.space()).find(event.id()) == null
                      && !browser.promised().containsKey(Browser.key(event.space(), event.id())));
          if (!isGone && ((ResultSet) Objects.requireNonNull(result)).rows().isEmpty()) {
            throw new Violation("I6", page.tab() + " does not see " + event);
          }
        },
        code -> {});
  }

  /** I7: no tab sees a space go back. */
  private void look(Page page) {
    int losses = browser.losses();
    page.call(
        new Call.Query(SPACES, List.of()),
        result -> {
          if (losses != browser.losses() || seenAtLosses != losses) {
            seen.clear();
            seenAtLosses = browser.losses();
            return;
          }
          Map<String, Long> before = seen.computeIfAbsent(page.tab(), tab -> new HashMap<>());
          for (@Nullable Object[] row : ((ResultSet) Objects.requireNonNull(result)).rows()) {
            String space = String.valueOf(row[0]);
            long position = (Long) Objects.requireNonNull(row[1]);
            Long last = before.put(space, position);
            if (last != null && last > position) {
              throw new Violation(
                  "I7", page.tab() + " saw " + space + " at " + last + ", then at " + position);
            }
          }
        },
        code -> {});
  }

  private void subscribe(Page page) {
    if (page.results().size() >= 4) {
      return;
    }
    switch (world.dice().below(5)) {
      case 0, 1 -> page.subscribe(TIMELINE, List.of("s1", "c1", 1L + world.dice().below(6)));
      case 2 -> page.subscribe(THREAD, List.of("s1", "message-b1-" + world.dice().below(6)));
      case 3 -> page.subscribe(COUNT, List.of("s1"));
      default -> page.subscribe(MEMBERS, List.of("s1"));
    }
  }

  /** Discards or retries a refused event. */
  private void tidy(Page page) {
    Replica replica = browser.replica();
    List<PendingEvent> refused =
        replica == null
            ? List.of()
            : replica.outbox().stream().filter(PendingEvent::isRefused).toList();
    if (refused.isEmpty()) {
      return;
    }
    Event old = world.dice().pick(refused).event();
    if (world.dice().chance(500)) {
      browser.forget(old.space(), old.id());
      page.call(new Call.Discard(old.space(), old.id()), done -> {}, code -> {});
      return;
    }
    Event fresh =
        new Event(
            old.space(),
            0,
            browser.name() + "-r" + ++retries,
            old.type(),
            old.author(),
            old.basis(),
            old.clientTime(),
            0,
            old.payload(),
            old.body());
    browser.retrying(old, fresh);
    int drops = browser.drops(old.space());
    page.call(
        new Call.Retry(old.space(), old.id(), fresh.id()),
        stored -> {
          browser.forget(old.space(), old.id());
          if (drops == browser.drops(old.space())) {
            browser.promise(fresh);
          }
          awaitFate(page, fresh);
        },
        code -> {});
  }
}

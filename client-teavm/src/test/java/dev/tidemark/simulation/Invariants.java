package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.owner.Owner;
import dev.tidemark.client.owner.QueryEngine;
import dev.tidemark.client.owner.Replica;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.projection.StateHash;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The invariants of docs/reliability.md, by their numbers there. */
final class Invariants {
  private final ServerModel server;

  /** Up to which position a browser's log of a space was compared. */
  private final Map<String, Long> compared = new HashMap<>();

  private final Map<String, Integer> comparedFor = new HashMap<>();

  Invariants(ServerModel server) {
    this.server = server;
  }

  /** After a step that ran in this browser. */
  void quick(Browser browser) {
    Replica replica = browser.replica();
    Database rows = browser.store();
    if (replica == null || rows == null) {
      return;
    }
    if (!Objects.equals(comparedFor.put(browser.name(), browser.losses()), browser.losses())) {
      compared.keySet().removeIf(key -> key.startsWith(browser.name() + " "));
    }
    for (Map.Entry<String, Cursor.Mark> entry : replica.cursor().marks().entrySet()) {
      if (!isOfLostHistory(entry.getKey(), entry.getValue())) {
        log(browser, rows, server.space(entry.getKey()), entry.getValue());
      }
    }
    promises(browser, replica);
  }

  /** I2, I3, I8: the log is the server's, event by event, and ends where the cursor stands. */
  private void log(Browser browser, Database rows, SpaceModel space, Cursor.Mark mark) {
    String key = browser.name() + " " + space.id();
    String where = space.id() + " of " + browser.name();
    if (mark.position() > space.head()) {
      throw new Violation("I3", where + " is at " + mark + ", the server at " + space.head());
    }
    if (mark.hash() != null && !mark.hash().equals(space.hashAt(mark.position()))) {
      throw new Violation("I4", where + " has another hash at " + mark);
    }
    for (long at = compared.getOrDefault(key, 0L) + 1; at <= mark.position(); at++) {
      @Nullable Object[] row = rows.find(Events.TABLE.key(), space.id(), at);
      Event event = space.log().get((int) at - 1);
      if (row == null || !event.id().equals(row[Events.ID])) {
        throw new Violation(
            row == null ? "I3" : "I2",
            where
                + " has at "
                + at
                + " not "
                + event.id()
                + " but "
                + (row == null ? "nothing" : row[Events.ID]));
      }
    }
    if (rows.find(Events.TABLE.key(), space.id(), mark.position() + 1) != null) {
      throw new Violation("I8", where + " has events after its cursor " + mark);
    }
    compared.put(key, mark.position());
  }

  /** Whether a replica has yet to notice that the server was restored from an older backup. */
  private boolean isOfLostHistory(String space, Cursor.Mark mark) {
    return server.restores() > 0 && !server.space(space).isKnown(mark);
  }

  private boolean isOfLostHistory(Replica replica, String space) {
    Cursor.Mark mark = replica.cursor().marks().get(space);
    return mark != null && isOfLostHistory(space, mark);
  }

  /** I1: what was acknowledged is on the server or waits in the outbox. */
  private void promises(Browser browser, Replica replica) {
    browser.promised().values().removeIf(event -> isStored(event));
    for (Event event : browser.promised().values()) {
      if (!lives(browser, replica, event)) {
        throw new Violation("I1", browser.name() + " has lost " + event);
      }
    }
  }

  /** Here, on the server, or in the place of it what it was retried as. */
  private boolean lives(Browser browser, Replica replica, Event event) {
    return waits(replica, event)
        || isStored(event)
        || isOfLostHistory(replica, event.space())
        || browser.isForgotten(event)
        || browser.successors(event).stream().anyMatch(one -> lives(browser, replica, one));
  }

  private static boolean waits(Replica replica, Event event) {
    return switch (replica.outcome(event.space(), event.id())) {
      case Replica.Outcome.Pending p -> true;
      case Replica.Outcome.Refused r -> true;
      case Replica.Outcome.Confirmed c -> false;
      case Replica.Outcome.Unknown u -> false;
    };
  }

  private boolean isStored(Event event) {
    Event stored = server.space(event.space()).find(event.id());
    return stored != null
        && stored.author().equals(event.author())
        && stored.type().equals(event.type())
        && stored.clientTime() == event.clientTime()
        && (stored.payload().equals(event.payload()) || isErasable(event));
  }

  private static boolean isErasable(Event event) {
    return event.body() instanceof WorkspaceEvent.MessageCreated
        || event.body() instanceof WorkspaceEvent.MessageEdited;
  }

  /** I4, I10: the rows are those of the log, with the outbox on top. */
  void rows(Browser browser) {
    Replica replica = browser.replica();
    Database rows = browser.store();
    if (replica == null || rows == null) {
      return;
    }
    List<PendingEvent> outbox = replica.outbox();
    for (SpaceModel space : server.spaces().values()) {
      if (isOfLostHistory(replica, space.id())) {
        continue;
      }
      long position = replica.position(space.id());
      MemoryDatabase expected = Oracle.rows(space, position, outbox);
      String difference = Oracle.difference(expected, rows, space.id(), space.deletedMessages());
      if (difference != null) {
        boolean idle = outbox.stream().noneMatch(one -> one.event().space().equals(space.id()));
        throw new Violation(
            idle ? "I10" : "I4",
            space.id() + " of " + browser.name() + " at " + position + ": " + difference);
      }
    }
  }

  /** I9: what pages were told last is what a fresh query gives. */
  void live(Browser browser) {
    WorkerModel serving = browser.serving();
    if (serving == null) {
      return;
    }
    for (Map.Entry<String, OwnerLink> page : serving.links().entrySet()) {
      for (Map.Entry<Integer, ResultSet> told : page.getValue().told().entrySet()) {
        Wire.Subscribed asked = page.getValue().asked(told.getKey());
        same(browser, page.getKey() + " was told", asked, told.getValue());
      }
    }
  }

  private static void same(
      Browser browser, String who, Wire.Subscribed asked, @Nullable ResultSet given) {
    QueryEngine queries = browser.disk().queries();
    ResultSet fresh = queries.rows(asked.sql(), queries.values(asked.parameters()));
    if (given == null || !texts(fresh).equals(texts(given))) {
      throw new Violation(
          "I9",
          who
              + " of "
              + asked
              + ": expected "
              + texts(fresh)
              + ", found "
              + (given == null ? "nothing" : texts(given)));
    }
  }

  private static List<String> texts(ResultSet result) {
    return result.rows().stream().map(Arrays::toString).toList();
  }

  /** Whether a browser has nothing left to do. */
  boolean isSettled(Browser browser) {
    Replica replica = browser.replica();
    return replica != null
        && browser.isOnline()
        && browser.pages().stream().allMatch(page -> isSettled(page))
        && strangers(browser).isEmpty()
        && replica.outbox().stream().allMatch(PendingEvent::isRefused)
        && spaces(replica).equals(memberships(browser))
        && server.spacesOf(browser.user()).stream()
            .allMatch(space ->
                replica.position(space.id()) == space.head()
                    && !isOfLostHistory(replica, space.id()));
  }

  private static boolean isSettled(Page page) {
    return page.isHere() && page.asked().isEmpty() && !page.results().containsValue(null);
  }

  /** Tabs that the owner serves although they are closed or dead. */
  private static Set<String> strangers(Browser browser) {
    WorkerModel serving = browser.serving();
    Owner owner = serving == null ? null : serving.owner();
    if (owner == null) {
      return Set.of();
    }
    Set<String> tabs = new TreeSet<>(owner.tabs());
    browser.pages().forEach(page -> tabs.remove(page.tab()));
    return tabs;
  }

  private Set<String> memberships(Browser browser) {
    Set<String> ids = new HashSet<>();
    server.spacesOf(browser.user()).forEach(space -> ids.add(space.id()));
    return ids;
  }

  private static Set<String> spaces(Replica replica) {
    return new HashSet<>(replica.cursor().marks().keySet());
  }

  /** Once faults have stopped and time was given: I11, I12, I13, then I4 exactly. */
  void atTheEnd(Browser browser) {
    Replica replica = browser.replica();
    Database rows = browser.store();
    if (replica == null || rows == null || !isSettled(browser)) {
      throw new Violation("I11", unsettled(browser));
    }
    for (Page page : browser.pages()) {
      page.subscribed()
          .forEach(
              (id, asked) -> same(browser, page.tab() + " has", asked, page.results().get(id)));
    }
    long refused = replica.outbox().stream().filter(PendingEvent::isRefused).count();
    if (refused != replica.refused()) {
      throw new Violation("I13", browser.name() + " shows " + replica.refused() + " of " + refused);
    }
    for (SpaceModel space : server.spaces().values()) {
      if (space.roleOf(browser.user()) == null) {
        nothingOf(browser, rows, space.id());
      }
    }
    rows(browser);
    for (PendingEvent one : List.copyOf(replica.outbox())) {
      replica.discard(one.event().space(), one.event().id());
    }
    for (SpaceModel space : server.spacesOf(browser.user())) {
      payloads(browser, rows, space);
      Map<String, String> wanted = StateHash.ofSpace(space.rows(), space.id());
      Map<String, String> found = StateHash.ofSpace(rows, space.id());
      if (!wanted.equals(found)) {
        throw new Violation(
            "I10",
            space.id() + " of " + browser.name() + ": expected " + wanted + ", found " + found);
      }
    }
  }

  /** The log here is the server's to the letter: texts that are erased there are erased here. */
  private static void payloads(Browser browser, Database rows, SpaceModel space) {
    for (Event event : space.log()) {
      @Nullable Object[] row = rows.find(Events.TABLE.key(), space.id(), event.position());
      if (row == null || !event.payload().equals(row[Events.PAYLOAD])) {
        throw new Violation("I4", browser.name() + " has another text of " + event);
      }
    }
  }

  /** Own refused messages may stay; {@link #rows} finds anything else in the projected tables. */
  private static void nothingOf(Browser browser, Database rows, String space) {
    if (!rows.scan(Events.TABLE, 1, space).isEmpty()) {
      throw new Violation("I12", browser.name() + " still has events of " + space);
    }
  }

  private String unsettled(Browser browser) {
    Replica replica = browser.replica();
    StringBuilder out = new StringBuilder(browser.name()).append(" of ").append(browser.user());
    out.append(browser.isOnline() ? ": online" : ": offline");
    if (replica != null) {
      out.append(", cursor ").append(replica.cursor()).append(", heads");
      server
          .spacesOf(browser.user())
          .forEach(space -> out.append(' ').append(space.id()).append(':').append(space.head()));
      replica.outbox().stream()
          .filter(one -> !one.isRefused())
          .forEach(one -> out.append(", waiting ").append(one.event().id()));
    }
    for (Page page : browser.pages()) {
      out.append(", ").append(page.tab()).append(page.isHere() ? " here" : " away");
      page.asked().values().forEach(one -> out.append(" asks ").append(one.call()));
      page.results().forEach((id, result) -> out.append(result == null ? " no result " + id : ""));
    }
    strangers(browser).forEach(tab -> out.append(", still serves ").append(tab));
    return out.toString();
  }

  /** The server's own rows are those of its log, texts erased and all. */
  void server() {
    for (SpaceModel space : server.spaces().values()) {
      MemoryDatabase replayed = Oracle.rows(space, space.head(), List.of());
      String difference = Oracle.difference(replayed, space.rows(), space.id(), Set.of());
      if (difference != null) {
        throw new Violation("I4", "the server's " + space.id() + ": " + difference);
      }
    }
  }
}

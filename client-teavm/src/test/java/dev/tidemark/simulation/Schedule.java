package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.owner.Replica;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run from one seed: a stormy while, then calm, then everything must be in order. */
final class Schedule {

  /**
   * How a schedule went.
   *
   * @param violation a sentence, or null where every invariant held
   * @param trace what happened, where it was asked to be kept
   */
  record Result(
      long seed,
      long traceHash,
      Map<Fault, Integer> faults,
      @Nullable String violation,
      List<String> trace) {}

  private static final List<String> USERS = List.of("u1", "u2", "u3");
  private static final int CHECK_EVERY_STEPS = 20;
  private static final int SQLITE_EVERY = 20;

  /** More than the longest deadline of an upload and the longest silence of a stream. */
  private static final long CALM_MILLIS = 600_000;

  private final World world;
  private final ServerModel server;
  private final Invariants invariants;
  private final List<Browser> browsers = new ArrayList<>();
  private final List<Typist> typists = new ArrayList<>();
  private final List<Event> written = new ArrayList<>();
  private int steps;

  private Schedule(long seed, Trace trace) {
    world = new World(seed, trace);
    server = new ServerModel(world);
    invariants = new Invariants(server);
    boolean onSqlite = Math.floorMod(seed, (long) SQLITE_EVERY) == 0;
    addSpaces();
    int count = 2 + world.dice().below(3);
    for (int i = 0; i < count; i++) {
      String name = "b" + (i + 1);
      String user = i < 2 ? USERS.get(i) : world.dice().pick(USERS);
      Disk disk = onSqlite ? new SqliteDisk() : new MemoryDisk();
      browsers.add(new Browser(world, server, new Network(world, server), name, user, disk));
      typists.add(new Typist(world, name, user, USERS));
    }
  }

  static Result run(long seed, boolean keepTrace) {
    Trace trace = new Trace(keepTrace);
    Schedule schedule = new Schedule(seed, trace);
    String violation = null;
    try {
      schedule.storm();
      schedule.calm();
    } catch (RuntimeException e) {
      violation = e instanceof Violation ? String.valueOf(e.getMessage()) : failure(e);
    } finally {
      schedule.browsers.forEach(browser -> browser.disk().kill(null));
    }
    try {
      schedule.browsers.forEach(browser -> browser.disk().close());
    } catch (RuntimeException e) {
      violation = violation == null ? failure(e) : violation;
    }
    return new Result(seed, trace.hash(), schedule.world.faults(), violation, trace.lines());
  }

  /** Our own classes threw what nobody expects: as bad as a broken invariant. */
  private static String failure(RuntimeException e) {
    StringBuilder out = new StringBuilder(e.toString());
    StackTraceElement[] frames = e.getStackTrace();
    for (int i = 0; i < Math.min(8, frames.length); i++) {
      out.append("\n    at ").append(frames[i]);
    }
    return out.toString();
  }

  private void addSpaces() {
    for (String user : USERS) {
      server.addSpace("p-" + user, true, user);
    }
    addShared("s1", "u1");
    if (world.dice().chance(400)) {
      addShared("s2", "u2");
    }
  }

  private void addShared(String id, String creator) {
    SpaceModel space = server.addSpace(id, false, creator);
    for (String user : USERS) {
      if (!user.equals(creator)) {
        Role role = world.dice().chance(300) ? Role.OWNER : Role.MEMBER;
        byServer(space, "join-" + user, new WorkspaceEvent.MemberJoined(user, role));
      }
    }
    byServer(space, "first-channel", new WorkspaceEvent.ChannelCreated("c1", "general"));
  }

  private void byServer(SpaceModel space, String id, WorkspaceEvent body) {
    space.appendByServer(id, EventTypes.of(body).name(), body, "", world.clockMillis());
  }

  private void storm() {
    long stormMillis = 20_000L + world.dice().below(60_000);
    browsers.forEach(Browser::start);
    for (int i = 0; i < browsers.size(); i++) {
      plan(browsers.get(i), typists.get(i), stormMillis);
    }
    for (int i = world.dice().below(3); i > 0; i--) {
      world.after(world.dice().below((int) stormMillis), "server stops", this::stopServer);
    }
    if (world.dice().chance(300)) {
      world.after(world.dice().below((int) stormMillis), "a newer type", this::unknownType);
    }
    while (world.nowMillis() < stormMillis && world.step()) {
      check();
    }
  }

  private void plan(Browser browser, Typist typist, long stormMillis) {
    Dice dice = world.dice();
    int bursts = 3 + dice.below(6);
    for (int i = 0; i < bursts; i++) {
      long at = dice.below((int) stormMillis);
      int length = 1 + dice.below(5);
      for (int j = 0; j < length; j++) {
        world.after(
            at + j * (long) dice.below(30),
            "typing at " + browser.name(),
            () -> type(browser, typist));
      }
    }
    for (int i = dice.below(4); i > 0; i--) {
      world.after(
          dice.below((int) stormMillis), "link of " + browser.name(), () -> offline(browser));
    }
    for (int i = dice.below(3); i > 0; i--) {
      world.after(
          dice.below((int) stormMillis),
          "kill " + browser.name(),
          () -> {
            world.struck(Fault.BROWSER_KILLED);
            browser.die(world.strikes(Fault.UNSYNCED_LOST, 400) ? dice : null);
          });
    }
    for (int i = dice.below(3); i > 0; i--) {
      world.after(
          dice.below((int) stormMillis), "tidying " + browser.name(), () -> discardOne(browser));
    }
  }

  private void type(Browser browser, Typist typist) {
    Replica replica = browser.replica();
    Store rows = browser.store();
    if (replica == null || rows == null || world.isCalm()) {
      return;
    }
    List<String> known = new ArrayList<>(replica.cursor().marks().keySet());
    known.removeIf(id -> id.startsWith("p-") && !id.equals("p-" + browser.user()));
    String space = known.isEmpty() ? "s1" : world.dice().pick(known);
    Event event = typist.event(rows, space, space.startsWith("p-"), replica.position(space));
    if (!written.isEmpty() && world.strikes(Fault.ID_REUSED, 10)) {
      event = typist.forgery(world.dice().pick(written));
    } else if (world.strikes(Fault.WRITE_REPEATED, 20)) {
      browser.write(event);
    }
    written.add(event);
    browser.write(event);
  }

  private void discardOne(Browser browser) {
    List<PendingEvent> refused = browser.outbox().stream().filter(PendingEvent::isRefused).toList();
    if (!refused.isEmpty()) {
      browser.discard(world.dice().pick(refused));
    }
  }

  private void offline(Browser browser) {
    if (world.isCalm() || browser.network().isOffline()) {
      return;
    }
    browser.network().goOffline();
    world.after(
        500 + world.dice().below(15_000),
        "link of " + browser.name() + " is back",
        () -> {
          browser.network().goOnline();
          browser.hint();
        });
  }

  private void stopServer() {
    if (!world.isCalm() && !server.isStopped()) {
      world.struck(Fault.SERVER_STOPPED);
      server.stop();
      world.after(200 + world.dice().below(10_000), "server starts", server::start);
    }
  }

  private void unknownType() {
    world.struck(Fault.UNKNOWN_TYPE);
    SpaceModel space = server.space("s1");
    space.appendByServer("newer", "poll.opened", null, "{\"pollId\":\"x\"}", world.clockMillis());
    server.publish(space);
  }

  private void calm() {
    world.calmDown();
    world.note("calm");
    server.start();
    for (Browser browser : browsers) {
      browser.network().goOnline();
      browser.start();
      browser.hint();
    }
    long deadline = world.nowMillis() + CALM_MILLIS;
    while (world.nowMillis() < deadline && !isSettled() && world.step()) {
      check();
    }
    invariants.server();
    browsers.forEach(invariants::atTheEnd);
  }

  private boolean isSettled() {
    return browsers.stream().allMatch(invariants::isSettled);
  }

  private void check() {
    for (Browser browser : browsers) {
      if (browser.takeTouched()) {
        invariants.quick(browser);
      }
    }
    if (++steps % CHECK_EVERY_STEPS == 0) {
      browsers.forEach(invariants::rows);
    }
  }
}

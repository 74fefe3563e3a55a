package dev.tidemark.simulation;

import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int LIVE_EVERY_STEPS = 3;
  private static final int SETTLED_EVERY_STEPS = 8;
  private static final int SQLITE_EVERY = 20;

  /** Far more than any schedule takes that gets anywhere. */
  private static final int MOST_STEPS = 200_000;

  /** More than the longest deadline of an upload and the longest silence of a stream. */
  private static final long CALM_MILLIS = 600_000;

  private static final long QUIET_MILLIS = 1_000;

  private final World world;
  private final ServerModel server;
  private final Invariants invariants;
  private final List<Browser> browsers = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();
  private final Mischief mischief;

  /** Browsers in which something ran since their rows were compared. */
  private final Set<Browser> stale = new LinkedHashSet<>();

  private int steps;

  private Schedule(long seed, Trace trace) {
    world = new World(seed, trace);
    server = new ServerModel(world);
    invariants = new Invariants(server);
    boolean onSqlite = Math.floorMod(seed, (long) SQLITE_EVERY) == 0;
    mischief = new Mischief(world);
    addSpaces();
    List<Event> written = new ArrayList<>();
    int count = 2 + world.dice().below(3);
    for (int i = 0; i < count; i++) {
      String name = "b" + (i + 1);
      String user = i < 2 ? USERS.get(i) : world.dice().pick(USERS);
      Disk disk = onSqlite ? new SqliteDisk() : new MemoryDisk();
      Browser browser = new Browser(world, server, new Network(world, server), name, user, disk);
      browsers.add(browser);
      Typist typist = new Typist(world, name, user, USERS);
      people.add(new Person(world, server, browser, typist, written));
    }
  }

  static Result run(long seed, boolean keepTrace) {
    Trace trace = new Trace(keepTrace);
    Schedule schedule = new Schedule(seed, trace);
    String violation = null;
    try {
      schedule.storm();
      schedule.calm();
    } catch (RuntimeException | Error e) {
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
  private static String failure(Throwable e) {
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
    long stormMillis = 15_000L + world.dice().below(30_000);
    for (int i = 0; i < browsers.size(); i++) {
      Browser browser = browsers.get(i);
      for (int tabs = 1 + world.dice().below(3); tabs > 0; tabs--) {
        browser.openTab();
      }
      plan(people.get(i), browser, (int) stormMillis);
    }
    for (int i = world.dice().below(3); i > 0; i--) {
      world.after(world.dice().below((int) stormMillis), "server stops", this::stopServer);
    }
    if (world.dice().chance(150)) {
      long backupMillis = world.dice().below((int) stormMillis);
      world.after(backupMillis, "a backup", server::backUp);
      world.after(
          backupMillis + world.dice().below((int) (stormMillis - backupMillis)),
          "the backup is restored",
          this::restore);
    }
    if (world.dice().chance(300)) {
      world.after(world.dice().below((int) stormMillis), "a newer type", this::unknownType);
    }
    while (world.nowMillis() < stormMillis && world.step()) {
      check();
    }
  }

  private void plan(Person person, Browser browser, int stormMillis) {
    Dice dice = world.dice();
    for (int bursts = 3 + dice.below(6); bursts > 0; bursts--) {
      long at = dice.below(stormMillis);
      for (int acts = 1 + dice.below(6); acts > 0; acts--) {
        at += dice.below(30);
        world.after(at, "act at " + browser.name(), person::act);
      }
    }
    for (int times = dice.below(3); times > 0; times--) {
      world.after(
          dice.below(stormMillis), "link of " + browser.name(), () -> mischief.offline(browser));
    }
    for (int times = dice.below(6); times > 0; times--) {
      world.after(
          dice.below(stormMillis), "mischief at " + browser.name(), () -> mischief.tabs(browser));
    }
  }

  private void stopServer() {
    if (!world.isCalm() && !server.isStopped()) {
      world.struck(Fault.SERVER_STOPPED);
      server.stop();
      world.after(200 + world.dice().below(10_000), "server starts", server::start);
    }
  }

  private void restore() {
    if (world.isCalm() || !server.hasBackup()) {
      return;
    }
    boolean ran = !server.isStopped();
    server.stop();
    world.struck(Fault.SERVER_RESTORED);
    Map<String, SpaceModel> lost = new HashMap<>(server.spaces());
    server.restore();
    browsers.forEach(browser -> browser.promiseAgain(lost));
    if (ran) {
      world.after(200 + world.dice().below(5_000), "server starts", server::start);
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
      mischief.end(browser);
    }
    long deadline = world.nowMillis() + CALM_MILLIS;
    do {
      runUntilSettled(deadline);
      // What is on its way to pages arrives; a stream that was dead all the time may be noticed.
      long quiet = world.nowMillis() + QUIET_MILLIS;
      while (world.nowMillis() < quiet && world.step()) {
        check();
      }
    } while (world.nowMillis() < deadline && !isSettled());
    invariants.server();
    browsers.forEach(invariants::atTheEnd);
  }

  private void runUntilSettled(long deadline) {
    while ((steps % SETTLED_EVERY_STEPS != 0 || !isSettled())
        && world.nowMillis() < deadline
        && world.step()) {
      check();
    }
  }

  private boolean isSettled() {
    return browsers.stream().allMatch(invariants::isSettled);
  }

  private void check() {
    if (++steps > MOST_STEPS) {
      throw new Violation("I11", "no end after " + MOST_STEPS + " steps");
    }
    for (Browser browser : browsers) {
      if (browser.takeTouched()) {
        stale.add(browser);
        invariants.quick(browser);
        if (steps % LIVE_EVERY_STEPS == 0) {
          invariants.live(browser);
        }
      }
    }
    if (steps % CHECK_EVERY_STEPS == 0) {
      stale.forEach(invariants::rows);
      stale.clear();
    }
  }
}

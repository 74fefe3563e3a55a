package dev.tidemark.simulation;

import dev.tidemark.client.owner.Owner;
import dev.tidemark.client.owner.OwnerSync;
import dev.tidemark.client.owner.Replica;
import dev.tidemark.client.tabs.LockNames;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One browser profile: tabs with their workers, a hub, locks, and a disk that one worker at most
 * has open. Remembers what was promised to its user, which the invariants hold it to.
 */
final class Browser {
  private final World world;
  private final ServerModel server;
  private final Network network;
  private final String name;
  private final String user;
  private final Disk disk;
  private final LockNames names;
  private final LockModel locks;
  private final List<Page> pages = new ArrayList<>();
  private final Map<String, Event> promised = new LinkedHashMap<>();
  private final Map<String, Event> acknowledged = new LinkedHashMap<>();
  private final Set<String> forgotten = new HashSet<>();
  private final Map<String, Integer> drops = new HashMap<>();
  private final Map<String, List<Event>> retried = new HashMap<>();
  private @Nullable HubModel hub;
  private @Nullable Page hubCreator;
  private @Nullable WorkerModel handleHolder;
  private boolean handleLingers;
  private long epoch;
  private int tabsMade;
  private int hubsMade;
  private int losses;
  private boolean touched;

  Browser(World world, ServerModel server, Network network, String name, String user, Disk disk) {
    this.world = world;
    this.server = server;
    this.network = network;
    this.name = name;
    this.user = user;
    this.disk = disk;
    this.names = new LockNames(name);
    this.locks = new LockModel(world);
  }

  String name() {
    return name;
  }

  String user() {
    return user;
  }

  Disk disk() {
    return disk;
  }

  Network network() {
    return network;
  }

  LockNames names() {
    return names;
  }

  LockModel locks() {
    return locks;
  }

  /** Tabs that are not closed, whatever state they are in. */
  List<Page> pages() {
    return pages;
  }

  @Nullable Page hubCreator() {
    return hubCreator;
  }

  /** Events that {@code write} acknowledged and that are not on the server yet, by space and id. */
  Map<String, Event> promised() {
    return promised;
  }

  static String key(String space, String id) {
    return space + "/" + id;
  }

  /** The worker that serves now, or null. */
  @Nullable WorkerModel serving() {
    WorkerModel holder = handleHolder;
    return holder == null || holder.context().isDead() || holder.owner() == null ? null : holder;
  }

  @Nullable Replica replica() {
    WorkerModel serving = serving();
    Owner owner = serving == null ? null : serving.owner();
    return owner == null ? null : owner.replica();
  }

  @Nullable Store store() {
    WorkerModel serving = serving();
    return serving == null ? null : serving.store();
  }

  boolean isOnline() {
    WorkerModel serving = serving();
    BrowserSync sync = serving == null ? null : serving.sync();
    return sync != null && sync.isOnline();
  }

  BrowserSync sync(OwnerSync target, Context context) {
    return new BrowserSync(world, server, this, target, context);
  }

  /** Something ran in the owner. */
  void touch() {
    touched = true;
  }

  boolean takeTouched() {
    boolean was = touched;
    touched = false;
    return was;
  }

  /** Counts what may take a position back: spaces dropped, commits lost. */
  int losses() {
    return losses;
  }

  // ------------------------------------------------------------------ tabs and hub

  Page openTab() {
    Page page = new Page(world, this, name + "t" + ++tabsMade);
    pages.add(page);
    world.note("open " + page.tab());
    page.wake();
    return page;
  }

  void pageGone(Page page, boolean withRenderer) {
    pages.remove(page);
    if (withRenderer && page == hubCreator) {
      killHub();
    }
  }

  void killHub() {
    HubModel last = hub;
    hub = null;
    hubCreator = null;
    if (last != null) {
      last.context().die();
    }
  }

  /** A port to the hub, which is made when there is none. */
  PortModel connectHub(Page page) {
    HubModel current = hub;
    if (current == null) {
      Context context =
          new Context(world, "hub " + ++hubsMade + " of " + name, this::killHub, this::killHub);
      current = new HubModel(context, locks, names, String.valueOf(hubsMade));
      hub = current;
      hubCreator = page;
    }
    PortModel port = PortModel.open(world);
    current.connect(port.far());
    return port;
  }

  /** Everything of this browser dies at once. */
  void kill(boolean machine) {
    world.note(name + " dies");
    for (Page page : List.copyOf(pages)) {
      page.crash();
    }
    killHub();
    if (machine && world.strikes(Fault.UNSYNCED_LOST, 700)) {
      losses++;
      disk.kill(world.dice());
      // Nobody is left who knows the epochs that may be lost.
      epoch = 0;
    }
    handleLingers = false;
    world.after(300, "start " + name, this::openSomeTab);
  }

  void openSomeTab() {
    if (pages.isEmpty()) {
      openTab();
    }
  }

  // ------------------------------------------------------------------ the database's files

  boolean isHandleTaken() {
    return handleLingers
        || (handleHolder != null
            && !handleHolder.context().isDead()
            && handleHolder.owner() != null);
  }

  void takeHandle(WorkerModel worker) {
    handleHolder = worker;
  }

  /** I5: epochs only rise, and nobody else has the database open. */
  void opened(long newEpoch) {
    if (newEpoch <= epoch) {
      throw new Violation("I5", "epoch " + newEpoch + " after " + epoch + " in " + name);
    }
    epoch = newEpoch;
    touched = true;
    long open =
        pages.stream()
            .map(Page::worker)
            .filter(worker -> worker != null && worker.owner() != null)
            .filter(worker -> !worker.context().isDead())
            .count();
    if (open > 1) {
      throw new Violation("I5", open + " workers have the database of " + name + " open");
    }
  }

  /** The browser lets go of a dead worker's files at once, or a little later. */
  void workerGone(Context context) {
    WorkerModel holder = handleHolder;
    if (holder == null || holder.context() != context) {
      return;
    }
    handleHolder = null;
    disk.kill(null);
    if (world.strikes(Fault.HANDLE_RELEASED_LATE, 200)) {
      handleLingers = true;
      world.after(world.dice().below(600), "handle let go", () -> handleLingers = false);
    }
  }

  // ------------------------------------------------------------------ promises

  void promise(Event event) {
    if (!isForgotten(event)) {
      promised.put(key(event.space(), event.id()), event);
      acknowledged.put(key(event.space(), event.id()), event);
    }
  }

  /** The server lost what it had confirmed: this browser has to bring it back. */
  void promiseAgain(Map<String, SpaceModel> lost) {
    acknowledged.forEach((key, event) -> {
      SpaceModel before = Objects.requireNonNull(lost.get(event.space()), "a space");
      if (!before.isErased(event) && !isLeave(event)) {
        promised.put(key, event);
      }
    });
  }

  /** Whoever left and is back does not leave again because a server was restored. */
  private static boolean isLeave(Event event) {
    return event.body() instanceof WorkspaceEvent.MemberLeft left
        && left.userId().equals(event.author());
  }

  /** The replica of a space is about to begin anew: positions go back. */
  void startingOver() {
    losses++;
  }

  /** An event is about to be replaced by another one of the same content. */
  void retrying(Event old, Event fresh) {
    retried.computeIfAbsent(key(old.space(), old.id()), k -> new ArrayList<>()).add(fresh);
  }

  /** What may stand in the place of a promised event. */
  List<Event> successors(Event old) {
    return retried.getOrDefault(key(old.space(), old.id()), List.of());
  }

  void forget(String space, String id) {
    promised.remove(key(space, id));
    acknowledged.remove(key(space, id));
    forgotten.add(key(space, id));
  }

  /** Whether the user wanted it gone. */
  boolean isForgotten(Event event) {
    return forgotten.contains(key(event.space(), event.id()));
  }

  /** How often a space has gone from here. */
  int drops(String space) {
    return drops.getOrDefault(space, 0);
  }

  /** A space is about to go from here, with what waits in it. */
  void dropping(String space) {
    losses++;
    drops.merge(space, 1, Integer::sum);
    promised.values().removeIf(event -> event.space().equals(space));
    acknowledged.values().removeIf(event -> event.space().equals(space));
  }
}

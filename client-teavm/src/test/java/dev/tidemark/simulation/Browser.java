package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.owner.Replica;
import dev.tidemark.client.sync.Placed;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One browser profile: a disk, and a process over it that may die at any moment. Remembers what it
 * promised to its user, which the invariants hold it to.
 */
final class Browser implements Replica.Listener, BrowserSync.Host {
  private static final long RESTART_MILLIS = 400;

  private final World world;
  private final ServerModel server;
  private final Network network;
  private final String name;
  private final String user;
  private final Disk disk;

  /** Events that {@code write} acknowledged, by space and id, until they may be forgotten. */
  private final Map<String, Event> promised = new LinkedHashMap<>();

  private final Set<String> surfaced = new HashSet<>();
  private @Nullable Replica replica;
  private @Nullable BrowserSync sync;
  private @Nullable Store store;
  private long epoch;
  private long processes;
  private int dropped;
  private boolean touched;

  Browser(World world, ServerModel server, Network network, String name, String user, Disk disk) {
    this.world = world;
    this.server = server;
    this.network = network;
    this.name = name;
    this.user = user;
    this.disk = disk;
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

  /** The running process's replica, or null while none runs. */
  @Nullable Replica replica() {
    return replica;
  }

  /** What the running process sees of the disk, or null while none runs. */
  @Nullable Store store() {
    return store;
  }

  boolean isOnline() {
    return sync != null && sync.isOnline();
  }

  Map<String, Event> promised() {
    return promised;
  }

  /** Refused events that the user was told of. */
  Set<String> surfaced() {
    return surfaced;
  }

  /** Whether anything ran here since the last call. */
  boolean takeTouched() {
    boolean was = touched;
    touched = false;
    return was;
  }

  /** Counts replicas that lost a space, or restarted: what was checked before must be again. */
  int dropped() {
    return dropped;
  }

  static String key(String space, String id) {
    return space + "/" + id;
  }

  /** Starts a process. */
  void start() {
    if (replica != null) {
      return;
    }
    dropped++;
    Store opened = new FaultyStore(world, disk.open());
    Replica fresh =
        new Replica(
            opened,
            JacksonJson::parse,
            (space, message) ->
                opened.scan(Events.TABLE, Integer.MAX_VALUE, space).stream()
                    .filter(row -> "message.edited".equals(row[Events.TYPE]))
                    .filter(row -> message.equals(row[Events.TARGET]))
                    .toList(),
            this);
    store = opened;
    replica = fresh;
    long process = ++processes;
    guard(() -> {
      long next;
      try {
        next = fresh.open(user);
      } catch (SqlException e) {
        die(null);
        return;
      }
      if (next <= epoch) {
        throw new Violation("I5", "epoch " + next + " after " + epoch + " in " + name);
      }
      epoch = next;
      // What was refused before is shown from the table.
      fresh.outbox().stream().filter(PendingEvent::isRefused).forEach(this::refused);
      BrowserSync begun =
          new BrowserSync(world, server, network, user, fresh, new Generation(process));
      sync = begun;
      begun.start();
    });
  }

  /** Ties callbacks to the process that asked for them. */
  private final class Generation implements BrowserSync.Host {
    private final long process;

    Generation(long process) {
      this.process = process;
    }

    @Override
    public void guard(Runnable action) {
      if (process == processes && replica != null) {
        Browser.this.guard(action);
      }
    }

    @Override
    public void accepted(String space, Placed placed) {
      Browser.this.accepted(space, placed);
    }

    @Override
    public void dropping(String space) {
      Browser.this.dropping(space);
    }
  }

  /** The process is gone; another one starts a little later. */
  void die(@Nullable Dice machine) {
    if (replica == null) {
      return;
    }
    world.note(name + " dies");
    BrowserSync last = sync;
    replica = null;
    store = null;
    sync = null;
    if (last != null) {
      last.die();
    }
    disk.kill(machine);
    world.after(RESTART_MILLIS, "start " + name, this::start);
  }

  @Override
  public void guard(Runnable action) {
    touched = true;
    try {
      action.run();
    } catch (Killed e) {
      die(world.strikes(Fault.UNSYNCED_LOST, 300) ? world.dice() : null);
    }
  }

  /** Writes an event as a page would; nothing is promised when it throws. */
  void write(Event event) {
    Replica current = replica;
    BrowserSync currentSync = sync;
    if (current == null || currentSync == null) {
      return;
    }
    guard(() -> {
      try {
        if (current.outcome(event.space(), event.id()) instanceof Replica.Outcome.Unknown) {
          PendingEvent pending = current.write(event);
          promised.put(key(event.space(), event.id()), event);
          currentSync.added(pending);
        }
      } catch (SqlException e) {
        world.note(name + " could not write " + event.id());
      }
    });
  }

  /** The user forgets a refused event. */
  void discard(PendingEvent refused) {
    Replica current = replica;
    if (current != null) {
      guard(() -> {
        try {
          // Before the call: the process may die after the commit.
          Event event = refused.event();
          promised.remove(key(event.space(), event.id()));
          current.discard(event.space(), event.id());
        } catch (SqlException e) {
          world.note(name + " could not discard");
        }
      });
    }
  }

  void hint() {
    BrowserSync current = sync;
    if (current != null) {
      guard(current::hint);
    }
  }

  List<PendingEvent> outbox() {
    return replica == null ? List.of() : replica.outbox();
  }

  @Override
  public void accepted(String space, Placed placed) {
    SpaceModel model = server.space(space);
    Event event = model.find(placed.id());
    if (event == null || event.position() != placed.position()) {
      throw new Violation("I1", placed + " was acknowledged, the log has " + event);
    }
  }

  @Override
  public void dropping(String space) {
    dropped++;
    promised.values().removeIf(event -> event.space().equals(space));
  }

  @Override
  public void committed(List<Change> changes) {}

  @Override
  public void confirmed(String space, String id, long position) {
    world.note(name + " has " + id + " confirmed at " + position);
  }

  @Override
  public void refused(PendingEvent event) {
    surfaced.add(key(event.event().space(), event.event().id()));
  }
}

package dev.tidemark.client.owner;

import dev.tidemark.client.browser.BrowserJsonObject;
import dev.tidemark.client.browser.Features;
import dev.tidemark.client.browser.Locks;
import dev.tidemark.client.browser.Message;
import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Port;
import dev.tidemark.client.browser.Timers;
import dev.tidemark.client.browser.WorkerScope;
import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.sql.Pool;
import dev.tidemark.client.sql.Sqlite;
import dev.tidemark.client.sql.WasmConnection;
import dev.tidemark.client.sync.HttpSync;
import dev.tidemark.client.tabs.CallCodec;
import dev.tidemark.client.tabs.LockNames;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.SqlStatement;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * A tab's dedicated worker: a standby that has SQLite loaded and waits for the owner lock, and the
 * owner once it has it. The pool of files is only ever opened while the lock is held
 * (reliability.md, finding 1).
 */
public final class OwnerWorker {
  private static final int OPEN_ATTEMPTS = 12;
  private static final int OPEN_RETRY_MILLIS = 25;

  /** A browser that denies its file system so often means it. */
  private static final int DENIED_ATTEMPTS = 3;

  /** Who has not got the lock by then is a standby, and has time. */
  private static final int REHEARSAL_MILLIS = 300;

  private static final int IDLE_CHECK_MILLIS = 5_000;
  private static final int BROKEN_PAUSE_MILLIS = 2_000;

  private final WorkerScope scope = new WorkerScope();
  private String tab = "";
  private String user = "";
  private @Nullable String serverUrl;
  private boolean durableConfirm;
  private boolean expected;
  private boolean isStandby = true;
  private @Nullable Port hub;
  private int attempts;
  private @Nullable Pool pool;
  private boolean isDamaged;
  private @Nullable WasmConnection connection;
  private @Nullable Owner owner;
  private @Nullable HttpSync sync;
  private boolean wroteSinceCheck;

  private OwnerWorker() {}

  /** Runs in the scope of the dedicated worker. */
  public static void start() {
    OwnerWorker worker = new OwnerWorker();
    worker.scope.onMessage(worker::fromPage);
  }

  private void fromPage(Message message) {
    PlainObject data = message.data();
    switch (Objects.requireNonNull(data.text("k"), "every message has a kind")) {
      case "start" -> begin(data);
      case "hub" -> joinHub(message.port(0));
      case "locks" -> Locks.wake();
      default -> throw new IllegalStateException("unknown message " + data.text("k"));
    }
  }

  private void begin(PlainObject options) {
    LockNames given = new LockNames(Objects.requireNonNull(options.text("database")));
    tab = Objects.requireNonNull(options.text("tab"));
    user = Objects.requireNonNull(options.text("user"));
    serverUrl = options.text("server");
    durableConfirm = options.flag("durableConfirm");
    expected = options.flag("stored");
    Locks.request(given.worker(tab), held -> scope.post(PlainObject.create().put("k", "up")));
    Sqlite.load(
        Objects.requireNonNull(options.text("sqlite")),
        loaded -> {
          // Only now: who holds this lock must be able to serve.
          Locks.request(
              given.owner(),
              held -> {
                isStandby = false;
                takeFiles(loaded, given);
              });
          Timers.after(
              REHEARSAL_MILLIS,
              () -> {
                if (isStandby) {
                  rehearse(new Rehearsal(loaded.openInMemory(), BrowserJsonObject::parse));
                }
              });
        },
        this::broken);
  }

  /** Until it is over, or in earnest. */
  private void rehearse(Rehearsal rehearsal) {
    if (isStandby && rehearsal.playOn()) {
      Timers.nextTask(() -> rehearse(rehearsal));
    } else {
      rehearsal.end();
      if (isStandby) {
        scope.post(PlainObject.create().put("k", "standby"));
      }
    }
  }

  private void joinHub(Port port) {
    hub = port;
    port.onMessage(message -> {
      // What the hub before this one handed over last is asked for again.
      if (hub == port) {
        fromHub(message);
      }
    });
    announce();
  }

  private void announce() {
    if (hub != null && owner != null) {
      PlainArray tabs = PlainArray.create();
      owner.tabs().forEach(tabs::push);
      hub.post(
          PlainObject.create()
              .put("k", "opened")
              .put("epoch", (double) owner.epoch())
              .put("tabs", tabs));
    }
  }

  private void fromHub(Message message) {
    PlainObject data = message.data();
    String from = Objects.requireNonNull(data.text("tab"), "every message names its tab");
    Owner serving = owner;
    if (serving == null) {
      return;
    }
    if ("gone".equals(data.text("k"))) {
      serving.tabGone(from);
    } else {
      Port port = message.port(0);
      int link = (int) data.number("link");
      serving.connected(from, link, new PortPageLink(port));
      port.onMessage(said -> {
        if (serving.isPresent(from, link)) {
          fromTab(serving, from, said.data());
        }
      });
      if (sync != null) {
        // A page that comes may come from signing in.
        sync.hint(Features.onlineHint(), true);
      }
    }
  }

  private void fromTab(Owner serving, String from, PlainObject data) {
    try {
      carryOut(serving, from, data);
    } catch (SqlException e) {
      if (!e.isDamage()) {
        throw e;
      }
      damaged();
    }
  }

  private void carryOut(Owner serving, String from, PlainObject data) {
    int number = (int) data.number("n");
    switch (Objects.requireNonNull(data.text("k"), "every message has a kind")) {
      case "call" -> serving.called(from, number, (long) data.number("e"), CallCodec.decode(data));
      case "sub" ->
          serving.subscribe(
              from, number, Objects.requireNonNull(data.text("sql")), data.array("params"));
      case "unsub" -> serving.unsubscribe(from, number);
      case "hint" -> {
        if (sync != null) {
          sync.hint(Features.onlineHint(), true);
        }
      }
      default -> throw new IllegalStateException("unknown message " + data.text("k"));
    }
    serving.flush();
  }

  private void takeFiles(Sqlite loaded, LockNames names) {
    if (!Features.opfs()) {
      openInMemory(loaded);
      return;
    }
    loaded.openPool(
        names.directory(),
        this::open,
        sentence -> {
          // The files of an owner that just died are let go a little later than its lock.
          if (++attempts < OPEN_ATTEMPTS) {
            Timers.after(OPEN_RETRY_MILLIS * attempts, () -> takeFiles(loaded, names));
          } else {
            broken(sentence);
          }
        },
        sentence -> {
          if (++attempts < DENIED_ATTEMPTS) {
            Timers.after(OPEN_RETRY_MILLIS, () -> takeFiles(loaded, names));
          } else {
            openInMemory(loaded);
          }
        });
  }

  private void open(Pool taken) {
    try {
      try {
        openFiles(taken);
      } catch (SqlException e) {
        if (!e.isDamage()) {
          throw e;
        }
        DatabaseFiles.rebuild(taken, connection, BrowserJsonObject::parse);
        openFiles(taken);
      }
    } catch (RuntimeException e) {
      // Whatever it is: who cannot serve must not keep the lock.
      broken(String.valueOf(e.getMessage()));
    }
  }

  private void openFiles(Pool taken) {
    pool = taken;
    DatabaseFiles.Opened opened = DatabaseFiles.open(taken, expected, BrowserJsonObject::parse);
    connection = opened.connection();
    serve(opened.connection(), opened.notice(), false);
  }

  private void openInMemory(Sqlite loaded) {
    WasmConnection opened = loaded.openInMemory();
    Schema.migrateReplica(opened);
    DatabaseFiles.beginAboveOtherEpochs(opened);
    serve(opened, null, true);
  }

  /** The files are wrong: the worker that follows this one finds a database beside them. */
  private void damaged() {
    Pool taken = pool;
    WasmConnection open = connection;
    if (isDamaged || taken == null || open == null) {
      return;
    }
    isDamaged = true;
    if (sync != null) {
      sync.stop();
    }
    Timers.nextTask(() -> {
      try {
        DatabaseFiles.rebuild(taken, open, BrowserJsonObject::parse);
        WorkerScope.close();
      } catch (SqlException e) {
        broken(String.valueOf(e.getMessage()));
      }
    });
  }

  private void serve(
      WasmConnection opened, DatabaseFiles.@Nullable Notice notice, boolean inMemory) {
    connection = opened;
    Owner serving =
        new Owner(
            new SqlReplicaStore(opened),
            BrowserJsonObject::parse,
            (space, message) -> edits(opened, space, message),
            new WasmQueryEngine(opened),
            user,
            inMemory,
            serverUrl == null ? OwnerWorker::localEvents : null,
            this::written);
    serving.onDamage(this::damaged);
    if (notice != null) {
      serving.notice(notice.code(), notice.detail());
    }
    if (durableConfirm) {
      serving.replica().confirmDurably();
    }
    owner = serving;
    announce();
    if (serverUrl != null) {
      HttpSync started = new HttpSync(serverUrl, new OwnerSync(serving, new EventLoop()));
      sync = started;
      started.start();
    }
    Timers.every(IDLE_CHECK_MILLIS, this::checkpointWhenIdle);
  }

  private static List<Event> localEvents(@Nullable Object given, String space, long first) {
    PlainArray array = PlainArray.of((JSObject) given);
    List<Event> events = new ArrayList<>(array.length());
    for (int i = 0; i < array.length(); i++) {
      JsonObject event = new BrowserJsonObject(Objects.requireNonNull(array.objectAt(i)));
      events.add(EventCodec.decodeLocal(space, first + i, event));
    }
    return events;
  }

  private static List<@Nullable Object[]> edits(
      WasmConnection connection, String space, String message) {
    SqlStatement statement =
        connection.prepare(
            "SELECT "
                + String.join(",", Events.TABLE.columns())
                + " FROM events WHERE space=? AND target=? AND type='message.edited'");
    statement.bindText(1, space);
    statement.bindText(2, message);
    List<@Nullable Object[]> rows = new ArrayList<>();
    try {
      while (statement.step()) {
        @Nullable Object[] row = new Object[Events.TABLE.columns().size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = statement.value(i);
        }
        rows.add(row);
      }
    } finally {
      statement.reset();
    }
    return rows;
  }

  private void written(PendingEvent event) {
    wroteSinceCheck = true;
    if (sync != null) {
      sync.added(OwnerSync.outgoing(event));
    }
  }

  /** The WAL goes back into the file when nobody has written for a while. */
  private void checkpointWhenIdle() {
    WasmConnection open = connection;
    if (open != null && !isDamaged && !wroteSinceCheck) {
      open.checkpoint();
    }
    wroteSinceCheck = false;
  }

  /**
   * Says so and ends a little later: the lock goes to another tab, and this one gets a new worker.
   */
  private void broken(String sentence) {
    scope.post(PlainObject.create().put("k", "broken").put("detail", sentence));
    Timers.after(BROKEN_PAUSE_MILLIS, WorkerScope::close);
  }

  private static final class EventLoop implements OwnerSync.Tasks {
    @Override
    public void next(Runnable task) {
      Timers.nextTask(task);
    }

    @Override
    public void after(int millis, Runnable task) {
      Timers.after(millis, task);
    }
  }
}

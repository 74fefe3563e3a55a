package dev.tidemark.client.tabs;

import dev.tidemark.client.browser.Clocks;
import dev.tidemark.client.browser.DedicatedWorker;
import dev.tidemark.client.browser.Locks;
import dev.tidemark.client.browser.PageLifecycle;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Port;
import dev.tidemark.client.browser.SharedHub;
import dev.tidemark.client.browser.Timers;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * A page's part in the browser: its life lock, its worker, the hub, and the link that {@link
 * TabRouter} wants. Leaving (closing, freezing, the back/forward cache) terminates the worker and
 * lets go of the locks; coming back starts anew. Both are idempotent.
 */
public final class PageTabs {

  /** Gets what the page's calls and subscriptions are told. */
  public interface Receiver {
    void settled(int callId, @Nullable Object result);

    void failed(int callId, String code, String detail, boolean retry);

    void ownerChanged(@Nullable String owner, long epoch);

    /** A message over the present link that is no greeting. */
    void received(PlainObject message);

    /** What a page's worker is started with, beside the names. */
    PlainObject workerOptions();

    /** Whether the page's worker waits with everything loaded that an owner needs. */
    void standby(boolean ready);

    /** The scripts did not load. */
    void broken(String sentence);
  }

  /** Where the engine's scripts are. */
  public record Scripts(String worker, String hub) {}

  private static final int TICK_MILLIS = 250;
  private static final int RESPAWN_MILLIS = 500;

  /** How often forgotten locks are looked after where nothing is missed, as by an idle page. */
  private static final int LOCKS_MILLIS = 10_000;

  /** A hub that has said nothing for so long died before its lock could tell. */
  private static final int HUB_SILENCE_MILLIS = 3_000;

  /**
   * A worker that has not taken its lock by then died before that could tell; the next one gets
   * twice the time, as it may only have been slow to load.
   */
  private static final int WORKER_SILENCE_MILLIS = 20_000;

  private static final int MOST_DOUBLINGS = 5;

  private final String tabId;
  private final LockNames names;
  private final Scripts scripts;
  private final Receiver receiver;
  private final TabRouter router;
  private @Nullable Port hub;
  private @Nullable DedicatedWorker worker;
  private @Nullable Port link;
  private Locks.@Nullable Held life;
  private Locks.@Nullable Request hubWatch;
  private Locks.@Nullable Request workerWatch;
  private boolean here;
  private boolean closed;
  private int generation;
  private int joins;
  private int silentWorkers;
  private long joinedAt;
  private long wokeLocksAt;

  public PageTabs(
      String tabId, LockNames names, Scripts scripts, Receiver receiver, DoubleSupplier random) {
    this.tabId = tabId;
    this.names = names;
    this.scripts = scripts;
    this.receiver = receiver;
    this.router = new TabRouter(new Routing(), random);
  }

  public TabRouter router() {
    return router;
  }

  /** Joins, and follows the page's life from now on. */
  public void start() {
    PageLifecycle.listen(
        new PageLifecycle.Listener() {
          @Override
          public void leaving() {
            suspend();
          }

          @Override
          public void back() {
            wake();
          }

          @Override
          public void visible(boolean visible) {
            if (visible) {
              wake();
              hint();
            }
          }

          @Override
          public void networkHint(boolean online) {
            hint();
          }
        });
    Timers.every(TICK_MILLIS, this::tick);
    wake();
  }

  private void tick() {
    if (hub != null && hubWatch == null && now() - joinedAt >= HUB_SILENCE_MILLIS) {
      rejoin();
    }
    if (here && router.isBusy()) {
      router.tick(now());
    }
    if (here && now() - wokeLocksAt >= LOCKS_MILLIS) {
      wakeLocks();
    }
  }

  private void wakeLocks() {
    wokeLocksAt = now();
    Locks.wake();
    if (worker != null) {
      worker.post(PlainObject.create().put("k", "locks"));
    }
    if (hub != null) {
      hub.post(message("locks"));
    }
  }

  /** The network or the page may have come back: the owner tries sooner. */
  private void hint() {
    if (link != null) {
      link.post(PlainObject.create().put("k", "hint"));
    }
  }

  /** Ends this tab's part: worker, locks and ports. */
  public void suspend() {
    if (!here) {
      return;
    }
    here = false;
    generation++;
    stopWorker();
    if (hub != null) {
      hub.post(message("leave"));
      hub.close();
      hub = null;
    }
    withdraw(hubWatch);
    hubWatch = null;
    closeLink();
    if (life != null) {
      life.release();
      life = null;
    }
    router.announced(null, router.epoch(), now());
  }

  /** Leaves for good. */
  public void close() {
    closed = true;
    suspend();
  }

  /** Takes part again, unless it was closed. */
  public void wake() {
    if (here || closed) {
      return;
    }
    here = true;
    int mine = ++generation;
    Locks.request(
        names.tab(tabId),
        held -> {
          if (mine != generation) {
            held.release();
            return;
          }
          life = held;
          startWorker();
          joinHub();
        });
  }

  private void joinHub() {
    int mine = generation;
    Port joined = SharedHub.connect(scripts.hub(), names.database(), receiver::broken);
    hub = joined;
    joinedAt = now();
    joined.onMessage(said -> {
      if (hub != joined) {
        return;
      }
      PlainObject data = said.data();
      router.announced(data.text("owner"), (long) data.number("epoch"), now());
      if (hubWatch == null && mine == generation) {
        watchHub(Objects.requireNonNull(data.text("hub"), "every hub names its lock"), mine);
      }
    });
    joined.post(message("join").put("join", ++joins));
    giveHubToWorker();
  }

  /** The hub answers only while it holds its lock; being granted it means that the hub is gone. */
  private void watchHub(String lifeLock, int mine) {
    hubWatch =
        Locks.request(
            lifeLock,
            held -> {
              held.release();
              hubWatch = null;
              if (mine == generation) {
                rejoin();
              }
            });
  }

  private void rejoin() {
    router.hubLost(now());
    if (hub != null) {
      hub.close();
    }
    joinHub();
  }

  private void giveHubToWorker() {
    if (worker == null || hub == null) {
      return;
    }
    Port.Pair pair = Port.channel();
    hub.post(message("worker"), pair.near());
    worker.post(PlainObject.create().put("k", "hub"), pair.far());
  }

  private void startWorker() {
    int mine = generation;
    DedicatedWorker started = new DedicatedWorker(scripts.worker(), names.database());
    worker = started;
    started.onError(receiver::broken);
    started.onMessage(said -> {
      if (worker != started) {
        return;
      }
      switch (Objects.requireNonNull(said.data().text("k"), "every message has a kind")) {
        case "up" -> {
          silentWorkers = 0;
          watchWorker(mine);
        }
        case "standby" -> receiver.standby(true);
        case "broken" -> receiver.broken(String.valueOf(said.data().text("detail")));
        default -> throw new IllegalStateException("unknown message " + said.data().text("k"));
      }
    });
    started.post(
        receiver
            .workerOptions()
            .put("k", "start")
            .put("database", names.database())
            .put("tab", tabId));
    Timers.after(
        WORKER_SILENCE_MILLIS << Math.min(silentWorkers, MOST_DOUBLINGS),
        () -> {
          if (worker == started && workerWatch == null) {
            silentWorkers++;
            stopWorker();
            startWorker();
            giveHubToWorker();
          }
        });
  }

  /** The worker holds its lock by now; being granted it means that the worker is gone. */
  private void watchWorker(int mine) {
    workerWatch =
        Locks.request(
            names.worker(tabId),
            held -> {
              held.release();
              if (mine == generation) {
                stopWorker();
                Timers.after(
                    RESPAWN_MILLIS,
                    () -> {
                      if (mine == generation) {
                        startWorker();
                        giveHubToWorker();
                      }
                    });
              }
            });
  }

  private void stopWorker() {
    withdraw(workerWatch);
    workerWatch = null;
    if (worker != null) {
      worker.terminate();
      worker = null;
      receiver.standby(false);
    }
  }

  private static void withdraw(Locks.@Nullable Request request) {
    if (request != null) {
      request.withdraw();
    }
  }

  private void closeLink() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  private PlainObject message(String kind) {
    return PlainObject.create().put("k", kind).put("tab", tabId);
  }

  private static long now() {
    return (long) Clocks.elapsedMillis();
  }

  /** The router's wishes, carried out. */
  private final class Routing implements TabRouter.Effects {
    @Override
    public void connect(int number, long epoch) {
      closeLink();
      if (hub == null) {
        return;
      }
      Port.Pair pair = Port.channel();
      link = pair.near();
      pair.near()
          .onMessage(said -> {
            PlainObject data = said.data();
            if (number != router.link()) {
              return;
            }
            if ("hello".equals(data.text("k"))) {
              router.helloed(number, (long) data.number("e"), now());
            } else {
              receiver.received(data);
            }
          });
      hub.post(message("connect").put("epoch", (double) epoch).put("link", number), pair.far());
    }

    @Override
    public void send(int number, int callId, long epoch, Call call) {
      toLink(CallCodec.encode(call).put("k", "call").put("n", callId).put("e", (double) epoch));
    }

    @Override
    public void sendSubscribe(
        int number, int subscription, String sql, @Nullable Object parameters) {
      toLink(
          PlainObject.create()
              .put("k", "sub")
              .put("n", subscription)
              .put("sql", sql)
              .put("params", (JSObject) parameters));
    }

    @Override
    public void sendUnsubscribe(int number, int subscription) {
      toLink(PlainObject.create().put("k", "unsub").put("n", subscription));
    }

    private void toLink(PlainObject message) {
      if (link != null) {
        link.post(message);
      }
    }

    @Override
    public void settled(int callId, @Nullable Object result) {
      receiver.settled(callId, result);
    }

    @Override
    public void failed(int callId, String code, String detail, boolean retry) {
      receiver.failed(callId, code, detail, retry);
    }

    @Override
    public void wakeLocks() {
      PageTabs.this.wakeLocks();
    }

    @Override
    public void ownerChanged(@Nullable String owner, long epoch) {
      receiver.ownerChanged(owner, epoch);
    }
  }
}

package dev.tidemark.simulation;

import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.client.tabs.TabRouter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tab's page with the product's {@link TabRouter} in it: what {@code PageTabs} and {@code Engine}
 * are in a browser. Keeps what its program asked until it hears.
 */
final class Page implements TabRouter.Effects {
  private static final int TICK_MILLIS = 250;
  private static final int LOCKS_MILLIS = 10_000;
  private static final int RESPAWN_MILLIS = 500;
  private static final int HUB_SILENCE_MILLIS = 3_000;
  private static final int WORKER_SILENCE_MILLIS = 20_000;

  /** What a program waits for. */
  record Asked(Call call, Consumer<@Nullable Object> answered, Consumer<String> failed) {}

  private final World world;
  private final Browser browser;
  private final String tab;
  private final Context context;
  private final TabRouter router;
  private final Map<Integer, Asked> asked = new LinkedHashMap<>();
  private final Map<Integer, Wire.Subscribed> subscribed = new LinkedHashMap<>();
  private final Map<Integer, @Nullable ResultSet> results = new LinkedHashMap<>();
  private @Nullable PortModel hub;
  private @Nullable PortModel link;
  private @Nullable WorkerModel worker;
  private LockModel.@Nullable Request life;
  private LockModel.@Nullable Request hubWatch;
  private LockModel.@Nullable Request workerWatch;
  private boolean here;
  private boolean ticking;
  private int generation;
  private int joins;
  private int workers;
  private long joinedAtMillis;

  Page(World world, Browser browser, String tab) {
    this.world = world;
    this.browser = browser;
    this.tab = tab;
    this.context = new Context(world, tab, this::crash, this::crash);
    this.router = new TabRouter(this, () -> world.dice().below(1000) / 1000.0);
    keepLooking();
  }

  String tab() {
    return tab;
  }

  Context context() {
    return context;
  }

  @Nullable WorkerModel worker() {
    return worker;
  }

  /** Calls that have not settled. */
  Map<Integer, Asked> asked() {
    return asked;
  }

  /** Live subscriptions. */
  Map<Integer, Wire.Subscribed> subscribed() {
    return subscribed;
  }

  /** Last result of each live subscription; null before the first. */
  Map<Integer, @Nullable ResultSet> results() {
    return results;
  }

  boolean isHere() {
    return here && !context.isDead() && !context.isFrozen();
  }

  // ------------------------------------------------------------------ the program

  void call(Call call, Consumer<@Nullable Object> answered, Consumer<String> failed) {
    long deadline =
        call instanceof Call.Query || call instanceof Call.Search
            ? world.nowMillis() + 60_000
            : Long.MAX_VALUE;
    // The router may settle a call only later, so that its number is known by then.
    int id = router.call(call, deadline, world.nowMillis());
    asked.put(id, new Asked(call, answered, failed));
    keepTicking();
  }

  void subscribe(String sql, Object parameters) {
    int id = router.subscribe(sql, parameters);
    subscribed.put(id, new Wire.Subscribed(id, sql, parameters));
    results.put(id, null);
  }

  void unsubscribe(int id) {
    subscribed.remove(id);
    results.remove(id);
    router.unsubscribe(id);
  }

  void hint() {
    if (link != null) {
      link.post(new Wire.Hint());
    }
  }

  // ------------------------------------------------------------------ life

  void crash() {
    close(true);
  }

  /**
   * @param withRenderer whether its process goes too, and the hub if that was made here
   */
  void close(boolean withRenderer) {
    stopWorker();
    context.die();
    browser.pageGone(this, withRenderer);
  }

  /** The process of the worker alone dies. */
  void crashWorker() {
    WorkerModel current = worker;
    if (current != null) {
      current.context().die();
    }
  }

  /** Freezes page and worker without their being asked. */
  void freeze() {
    context.freeze();
    if (worker != null) {
      worker.context().freeze();
    }
  }

  void thaw() {
    context.thaw();
    if (worker != null) {
      worker.context().thaw();
    }
  }

  void suspend() {
    if (!here) {
      return;
    }
    here = false;
    generation++;
    stopWorker();
    if (hub != null) {
      hub.post(new Wire.Leave(tab));
      hub.close();
      hub = null;
    }
    hubWatch = withdrawn(hubWatch);
    closeLink();
    life = withdrawn(life);
    router.announced(null, router.epoch(), world.nowMillis());
  }

  void wake() {
    if (here) {
      return;
    }
    here = true;
    int mine = ++generation;
    LockModel.Request[] held = new LockModel.Request[1];
    held[0] =
        browser
            .locks()
            .request(
                browser.names().tab(tab),
                context,
                () -> {
                  if (mine != generation) {
                    held[0].release();
                    return;
                  }
                  life = held[0];
                  startWorker();
                  joinHub();
                });
    keepTicking();
  }

  /** Also an idle page looks after forgotten locks. */
  private void keepLooking() {
    context.after(
        LOCKS_MILLIS,
        "look of " + tab,
        () -> {
          if (here) {
            wakeLocks();
          }
          keepLooking();
        });
  }

  private void keepTicking() {
    if (ticking) {
      return;
    }
    ticking = true;
    context.after(
        TICK_MILLIS,
        "tick of " + tab,
        () -> {
          ticking = false;
          boolean isSilent = hub != null && hubWatch == null;
          if (isSilent && world.nowMillis() - joinedAtMillis >= HUB_SILENCE_MILLIS) {
            rejoin();
          }
          if (here && (router.isBusy() || isSilent)) {
            router.tick(world.nowMillis());
            keepTicking();
          }
        });
  }

  private void joinHub() {
    int mine = generation;
    PortModel joined = browser.connectHub(this);
    hub = joined;
    joinedAtMillis = world.nowMillis();
    keepTicking();
    joined.listen(
        context,
        said -> {
          if (hub == joined && said instanceof Wire.OwnerIs owner) {
            router.announced(owner.owner(), owner.epoch(), world.nowMillis());
            keepTicking();
            if (hubWatch == null && mine == generation) {
              watchHub(owner.hubLock(), mine);
            }
          }
        });
    joined.post(new Wire.Join(tab, ++joins));
    giveHubToWorker();
  }

  private void watchHub(String lifeLock, int mine) {
    LockModel.Request[] held = new LockModel.Request[1];
    held[0] =
        browser
            .locks()
            .request(
                lifeLock,
                context,
                () -> {
                  held[0].release();
                  hubWatch = null;
                  if (mine == generation) {
                    rejoin();
                  }
                });
    hubWatch = held[0];
  }

  private void rejoin() {
    router.hubLost(world.nowMillis());
    if (hub != null) {
      hub.close();
    }
    joinHub();
  }

  private void giveHubToWorker() {
    if (worker == null || hub == null) {
      return;
    }
    PortModel near = PortModel.open(world);
    hub.post(new Wire.WorkerPort(tab, near));
    WorkerModel current = worker;
    world.after(1, "hub for the worker of " + tab, () -> current.joinHub(near.far()));
  }

  private void startWorker() {
    int mine = generation;
    Context workerContext =
        new Context(
            world,
            "worker " + ++workers + " of " + tab,
            () -> {
              // Either the worker alone or the renderer with it.
              if (world.dice().chance(500)) {
                crash();
              } else {
                crashWorker();
              }
            },
            this::crash);
    workerContext.onDeath(() -> browser.workerGone(workerContext));
    worker =
        new WorkerModel(
            world,
            browser,
            tab,
            workerContext,
            () ->
                context.after(
                    1,
                    "worker of " + tab + " is up",
                    () -> {
                      WorkerModel current = worker;
                      if (current != null && current.context() == workerContext) {
                        watchWorker(mine);
                      }
                    }));
    WorkerModel started = worker;
    context.after(
        WORKER_SILENCE_MILLIS,
        "patience with " + workerContext,
        () -> {
          if (worker == started && workerWatch == null) {
            stopWorker();
            startWorker();
            giveHubToWorker();
          }
        });
  }

  private void watchWorker(int mine) {
    LockModel.Request[] held = new LockModel.Request[1];
    held[0] =
        browser
            .locks()
            .request(
                browser.names().worker(tab),
                context,
                () -> {
                  held[0].release();
                  if (mine == generation) {
                    stopWorker();
                    context.after(
                        RESPAWN_MILLIS,
                        "worker of " + tab + " again",
                        () -> {
                          if (mine == generation) {
                            startWorker();
                            giveHubToWorker();
                          }
                        });
                  }
                });
    workerWatch = held[0];
  }

  private void stopWorker() {
    workerWatch = withdrawn(workerWatch);
    WorkerModel current = worker;
    worker = null;
    if (current != null) {
      current.context().die();
    }
  }

  private static LockModel.@Nullable Request withdrawn(LockModel.@Nullable Request request) {
    if (request != null) {
      request.release();
    }
    return null;
  }

  private void closeLink() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  // ------------------------------------------------------------------ the router's wishes

  @Override
  public void connect(int number, long epoch) {
    closeLink();
    if (hub == null) {
      return;
    }
    PortModel near = PortModel.open(world);
    link = near;
    near.listen(
        context,
        said -> {
          if (number != router.link()) {
            return;
          }
          if (said instanceof Wire.Hello hello) {
            router.helloed(number, hello.epoch(), world.nowMillis());
          } else {
            received(said);
          }
        });
    hub.post(new Wire.Connect(tab, epoch, number, near.far()));
  }

  private void received(Wire message) {
    int over = router.link();
    switch (message) {
      case Wire.Answered one -> router.answered(over, one.number(), one.result());
      case Wire.Failed one ->
          router.refused(
              over, one.number(), one.code(), one.detail(), one.retry(), world.nowMillis());
      case Wire.Rows one -> {
        if (results.containsKey(one.number())) {
          results.put(one.number(), one.rows());
        }
      }
      case Wire.Changed one -> {
        ResultSet before = results.get(one.number());
        if (before != null) {
          results.put(one.number(), OwnerLink.applied(before, one.steps()));
        }
      }
      case Wire.Broken one ->
          throw new Violation("I9", tab + " lost a subscription: " + one.detail());
      case Wire.Status one -> {}
      default -> throw new IllegalStateException("unknown message " + message);
    }
  }

  @Override
  public void send(int number, int callId, long epoch, Call call) {
    if (link != null) {
      link.post(new Wire.Called(callId, epoch, call));
    }
  }

  @Override
  public void sendSubscribe(int number, int subscription, String sql, @Nullable Object given) {
    if (link != null) {
      link.post(new Wire.Subscribed(subscription, sql, given));
    }
  }

  @Override
  public void sendUnsubscribe(int number, int subscription) {
    if (link != null) {
      link.post(new Wire.Unsubscribed(subscription));
    }
  }

  @Override
  public void settled(int callId, @Nullable Object result) {
    Asked one = asked.remove(callId);
    if (one != null) {
      one.answered().accept(result);
    }
  }

  @Override
  public void failed(int callId, String code, String detail, boolean retry) {
    Asked one = asked.remove(callId);
    if (one != null) {
      world.note(tab + ": " + one.call().getClass().getSimpleName() + " failed, " + code);
      one.failed().accept(code);
    }
  }

  @Override
  public void wakeLocks() {
    LockModel locks = browser.locks();
    context.after(1, "locks of " + tab, () -> locks.wake(context));
    if (worker != null) {
      Context its = worker.context();
      its.after(1, "locks of " + its, () -> locks.wake(its));
    }
    if (hub != null) {
      hub.post(new Wire.WakeLocks(tab));
    }
  }

  @Override
  public void ownerChanged(@Nullable String owner, long epoch) {}
}

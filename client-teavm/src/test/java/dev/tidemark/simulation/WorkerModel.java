package dev.tidemark.simulation;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.owner.Owner;
import dev.tidemark.client.owner.OwnerSync;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tab's dedicated worker with the product's {@link Owner} in it: what {@code OwnerWorker} is in a
 * browser. A standby until it holds the owner lock.
 */
final class WorkerModel {
  private static final int OPEN_ATTEMPTS = 12;
  private static final int OPEN_RETRY_MILLIS = 25;
  private static final int BROKEN_PAUSE_MILLIS = 2_000;

  private final World world;
  private final Browser browser;
  private final Context context;
  private final Map<String, OwnerLink> links = new LinkedHashMap<>();
  private @Nullable PortModel hub;
  private @Nullable Owner owner;
  private @Nullable Store store;
  private @Nullable BrowserSync sync;
  private int attempts;

  WorkerModel(World world, Browser browser, String tab, Context context, Runnable up) {
    this.world = world;
    this.browser = browser;
    this.context = context;
    LockModel locks = browser.locks();
    locks.request(browser.names().worker(tab), context, up);
    context.after(
        20 + world.dice().below(100),
        context + " has loaded",
        () -> locks.request(browser.names().owner(), context, this::takeFiles));
  }

  Context context() {
    return context;
  }

  @Nullable Owner owner() {
    return owner;
  }

  @Nullable Store store() {
    return store;
  }

  @Nullable BrowserSync sync() {
    return sync;
  }

  /** What each page was told over its present link. */
  Map<String, OwnerLink> links() {
    return links;
  }

  void joinHub(PortModel port) {
    context.run(() -> {
      hub = port;
      port.listen(
          context,
          message -> {
            if (hub == port) {
              fromHub(message);
            }
          });
      announce();
    });
  }

  private void announce() {
    if (hub != null && owner != null) {
      hub.post(new Wire.Opened(owner.epoch(), owner.tabs()));
    }
  }

  private void fromHub(Wire message) {
    Owner serving = owner;
    if (serving == null) {
      return;
    }
    browser.touch();
    switch (message) {
      case Wire.Gone gone -> {
        links.remove(gone.tab());
        serving.tabGone(gone.tab());
      }
      case Wire.PagePort page -> {
        OwnerLink link = new OwnerLink(page.port());
        serving.connected(page.tab(), page.link(), link);
        if (serving.isPresent(page.tab(), page.link())) {
          links.put(page.tab(), link);
        }
        page.port()
            .listen(
                context,
                said -> {
                  if (serving.isPresent(page.tab(), page.link())) {
                    fromTab(serving, page.tab(), said);
                  }
                });
      }
      default -> throw new IllegalStateException("unknown message " + message);
    }
  }

  private void fromTab(Owner serving, String tab, Wire message) {
    browser.touch();
    switch (message) {
      case Wire.Called called ->
          serving.called(tab, called.number(), called.epoch(), called.call());
      case Wire.Subscribed one -> {
        OwnerLink link = links.get(tab);
        if (link != null) {
          link.asked(one);
        }
        serving.subscribe(tab, one.number(), one.sql(), one.parameters());
      }
      case Wire.Unsubscribed one -> {
        OwnerLink link = links.get(tab);
        if (link != null) {
          link.told().remove(one.number());
        }
        serving.unsubscribe(tab, one.number());
      }
      case Wire.Hint hint -> {
        if (sync != null) {
          sync.hint();
        }
      }
      default -> throw new IllegalStateException("unknown message " + message);
    }
    serving.flush();
  }

  private void takeFiles() {
    if (browser.isHandleTaken()) {
      if (++attempts < OPEN_ATTEMPTS) {
        context.after((long) OPEN_RETRY_MILLIS * attempts, "open again", this::takeFiles);
      } else {
        throw new Violation("I11", context + " never got the files");
      }
      return;
    }
    browser.takeHandle(this);
    try {
      open();
    } catch (SqlException e) {
      world.note(context + " could not open: " + e.getMessage());
      world.after(BROKEN_PAUSE_MILLIS, context + " ends", context::die);
    }
  }

  private void open() {
    Store opened = new FaultyStore(world, browser.disk().open());
    store = opened;
    Owner serving =
        new Owner(
            opened,
            JacksonJson::parse,
            (space, message) -> edits(opened, space, message),
            browser.disk().queries(),
            browser.user(),
            false,
            null,
            this::written);
    owner = serving;
    browser.opened(serving.epoch());
    announce();
    BrowserSync started = browser.sync(new OwnerSync(serving, new EventLoop()), context);
    sync = started;
    started.start();
  }

  private static List<@Nullable Object[]> edits(Store store, String space, String message) {
    return store.scan(Events.TABLE, Integer.MAX_VALUE, space).stream()
        .filter(row -> "message.edited".equals(row[Events.TYPE]))
        .filter(row -> message.equals(row[Events.TARGET]))
        .toList();
  }

  private final class EventLoop implements OwnerSync.Tasks {
    @Override
    public void next(Runnable task) {
      after(world.dice().below(2), task);
    }

    @Override
    public void after(int millis, Runnable task) {
      context.after(
          millis,
          "next task of " + context,
          () -> {
            browser.touch();
            task.run();
          });
    }
  }

  private void written(PendingEvent event) {
    if (sync != null) {
      sync.added(BrowserSync.outgoing(event));
    }
  }
}

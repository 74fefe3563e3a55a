package dev.tidemark.client.tabs;

import dev.tidemark.client.browser.CryptoRandom;
import dev.tidemark.client.browser.Locks;
import dev.tidemark.client.browser.Message;
import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Port;
import dev.tidemark.client.browser.SharedHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Hub} in its SharedWorker. It holds the hub lock, so that pages notice its death, and
 * waits for every tab's life lock, so that it notices theirs.
 *
 * <pre>
 * page -> hub    join {tab, join}; worker {tab} + port; connect {tab, epoch, link} + port; leave {tab}; locks {tab}
 * hub -> page    owner {owner, epoch, hub}: hub names the lock that this hub holds for its life
 * worker -> hub  opened {epoch, tabs}
 * hub -> worker  page {tab, link} + port; gone {tab}
 * </pre>
 */
public final class HubWorker implements Hub.Effects<Port> {

  private final Hub<Port> hub = new Hub<>(this);
  private final LockNames names;
  private final String lifeLock;
  private final List<Port> early = new ArrayList<>();
  private boolean begun;

  private HubWorker(LockNames names) {
    this.names = names;
    CryptoRandom random = new CryptoRandom();
    this.lifeLock =
        names.hub(Integer.toHexString(random.nextInt()) + Integer.toHexString(random.nextInt()));
  }

  /** Runs in the scope of the SharedWorker, whose name is that of the database. */
  public static void start() {
    LockNames names = new LockNames(SharedHub.name());
    HubWorker worker = new HubWorker(names);
    SharedHub.onConnect(worker::connected);
    Locks.request(worker.lifeLock, held -> worker.begin());
  }

  /**
   * Ports wait, unread, until this hub holds its lock: a page that has an answer can watch the
   * lock.
   */
  private void connected(Port port) {
    if (begun) {
      listen(port);
    } else {
      early.add(port);
    }
  }

  private void begin() {
    begun = true;
    early.forEach(this::listen);
    early.clear();
  }

  private void listen(Port port) {
    port.onMessage(message -> fromPage(port, message));
  }

  private void fromPage(Port port, Message message) {
    PlainObject data = message.data();
    String tab = Objects.requireNonNull(data.text("tab"), "every message names its tab");
    switch (Objects.requireNonNull(data.text("k"), "every message has a kind")) {
      case "join" -> hub.joined(tab, (long) data.number("join"), port);
      case "worker" -> {
        Port worker = message.port(0);
        hub.workerCame(tab, port, worker);
        worker.onMessage(said -> opened(tab, worker, said.data()));
      }
      case "connect" ->
          hub.connect(
              tab, port, (long) data.number("epoch"), (int) data.number("link"), message.port(0));
      case "leave" -> hub.left(tab, port);
      case "locks" -> Locks.wake();
      default -> throw new IllegalStateException("unknown message " + data.text("k"));
    }
  }

  private void opened(String tab, Port worker, PlainObject data) {
    PlainArray tabs = Objects.requireNonNull(data.array("tabs"), "the tabs that it serves");
    List<String> served = new ArrayList<>(tabs.length());
    for (int i = 0; i < tabs.length(); i++) {
      served.add(Objects.requireNonNull(tabs.textAt(i), "a tab"));
    }
    hub.ownerOpened(tab, worker, (long) data.number("epoch"), served);
  }

  @Override
  public void watch(String tab) {
    Locks.request(
        names.tab(tab),
        held -> {
          held.release();
          hub.died(tab);
        });
  }

  @Override
  public void announce(Port page, @Nullable String owner, long epoch) {
    page.post(
        PlainObject.create()
            .put("k", "owner")
            .put("owner", owner)
            .put("epoch", (double) epoch)
            .put("hub", lifeLock));
  }

  @Override
  public void handOver(Port worker, String fromTab, int link, Port port) {
    worker.post(PlainObject.create().put("k", "page").put("tab", fromTab).put("link", link), port);
  }

  @Override
  public void forget(Port worker, String goneTab) {
    worker.post(PlainObject.create().put("k", "gone").put("tab", goneTab));
  }
}

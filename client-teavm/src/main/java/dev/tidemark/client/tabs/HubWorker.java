package dev.tidemark.client.tabs;

import dev.tidemark.client.browser.CryptoRandom;
import dev.tidemark.client.browser.Locks;
import dev.tidemark.client.browser.Message;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Port;
import dev.tidemark.client.browser.SharedHub;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Hub} in its SharedWorker. It holds the hub lock, so that pages notice its death, and
 * waits for every tab's life lock, so that it notices theirs.
 *
 * <pre>
 * page -> hub    join {tab}; worker {tab} + port; connect {tab, epoch, link} + port; leave {tab}
 * hub -> page    owner {owner, epoch, hub}: hub names the lock that this hub holds for its life
 * worker -> hub  opened {epoch}
 * hub -> worker  page {tab, link} + port; gone {tab}
 * </pre>
 */
public final class HubWorker implements Hub.Effects<HubWorker.Offer> {

  /** A page's port on its way to the owner. */
  record Offer(Port port, int link) {}

  private final Hub<Offer> hub = new Hub<>(this);
  private final Map<String, Port> pages = new HashMap<>();
  private final Map<String, Port> workers = new HashMap<>();
  private final Set<String> watched = new HashSet<>();
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
    String kind = Objects.requireNonNull(data.text("k"), "every message has a kind");
    if (pages.get(tab) != port && !kind.equals("join")) {
      // The page came back before its last words over the former port arrived: nothing keeps the
      // order between ports.
      return;
    }
    switch (kind) {
      case "join" -> {
        pages.put(tab, port);
        watch(tab);
        hub.tabJoined(tab);
      }
      case "worker" -> {
        Port worker = message.port(0);
        workers.put(tab, worker);
        worker.onMessage(said -> hub.ownerOpened(tab, (long) said.data().number("epoch")));
      }
      case "connect" ->
          hub.connect(
              tab,
              (long) data.number("epoch"),
              new Offer(message.port(0), (int) data.number("link")));
      case "leave" -> gone(tab);
      default -> throw new IllegalStateException("unknown message " + data.text("k"));
    }
  }

  private void watch(String tab) {
    if (watched.add(tab)) {
      Locks.request(
          names.tab(tab),
          held -> {
            held.release();
            watched.remove(tab);
            gone(tab);
          });
    }
  }

  private void gone(String tab) {
    pages.remove(tab);
    hub.tabGone(tab);
    workers.remove(tab);
  }

  @Override
  public void announce(String tab, @Nullable String owner, long epoch) {
    Port page = pages.get(tab);
    if (page != null) {
      page.post(
          PlainObject.create()
              .put("k", "owner")
              .put("owner", owner)
              .put("epoch", (double) epoch)
              .put("hub", lifeLock));
    }
  }

  @Override
  public void handOver(String ownerTab, String fromTab, Offer offer) {
    Port worker = workers.get(ownerTab);
    if (worker != null) {
      worker.post(
          PlainObject.create().put("k", "page").put("tab", fromTab).put("link", offer.link()),
          offer.port());
    }
  }

  @Override
  public void forget(String ownerTab, String goneTab) {
    Port worker = workers.get(ownerTab);
    if (worker != null) {
      worker.post(PlainObject.create().put("k", "gone").put("tab", goneTab));
    }
  }
}

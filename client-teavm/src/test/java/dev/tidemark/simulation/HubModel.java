package dev.tidemark.simulation;

import dev.tidemark.client.tabs.Hub;
import dev.tidemark.client.tabs.LockNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The product's {@link Hub} in a modelled SharedWorker: what {@code HubWorker} is in a browser. */
final class HubModel implements Hub.Effects<HubModel.Offer> {

  /** A page's port on its way to the owner. */
  record Offer(PortModel port) {}

  private final Context context;
  private final LockModel locks;
  private final LockNames names;
  private final String lifeLock;
  private final Hub<Offer> hub = new Hub<>(this);
  private final Map<String, PortModel> pages = new HashMap<>();
  private final Map<String, PortModel> workers = new HashMap<>();
  private final Set<String> watched = new HashSet<>();
  private final List<PortModel> early = new ArrayList<>();
  private boolean begun;

  HubModel(Context context, LockModel locks, LockNames names, String hubId) {
    this.context = context;
    this.locks = locks;
    this.names = names;
    this.lifeLock = names.hub(hubId);
    locks.request(lifeLock, context, this::begin);
  }

  Context context() {
    return context;
  }

  void connect(PortModel port) {
    context.run(() -> {
      if (begun) {
        listen(port);
      } else {
        early.add(port);
      }
    });
  }

  private void begin() {
    begun = true;
    early.forEach(this::listen);
    early.clear();
  }

  private void listen(PortModel port) {
    port.listen(context, message -> fromPage(port, message));
  }

  private void fromPage(PortModel port, Wire message) {
    String tab =
        switch (message) {
          case Wire.Leave leave -> leave.tab();
          case Wire.WorkerPort worker -> worker.tab();
          case Wire.Connect connect -> connect.tab();
          default -> null;
        };
    if (tab != null && pages.get(tab) != port) {
      return;
    }
    switch (message) {
      case Wire.Join join -> {
        pages.put(join.tab(), port);
        watch(join.tab());
        hub.tabJoined(join.tab());
      }
      case Wire.WorkerPort worker -> {
        workers.put(worker.tab(), worker.port());
        worker
            .port()
            .listen(
                context,
                said -> {
                  if (said instanceof Wire.Opened opened) {
                    hub.ownerOpened(worker.tab(), opened.epoch());
                  }
                });
      }
      case Wire.Connect connect ->
          hub.connect(connect.tab(), connect.epoch(), new Offer(connect.port()));
      case Wire.Leave leave -> gone(leave.tab());
      default -> throw new IllegalStateException("unknown message " + message);
    }
  }

  private void watch(String tab) {
    if (watched.add(tab)) {
      LockModel.Request[] held = new LockModel.Request[1];
      held[0] =
          locks.request(
              names.tab(tab),
              context,
              () -> {
                held[0].release();
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
    PortModel page = pages.get(tab);
    if (page != null) {
      page.post(new Wire.OwnerIs(owner, epoch, lifeLock));
    }
  }

  @Override
  public void handOver(String ownerTab, String fromTab, Offer offer) {
    PortModel worker = workers.get(ownerTab);
    if (worker != null) {
      worker.post(new Wire.PagePort(fromTab, offer.port()));
    }
  }

  @Override
  public void forget(String ownerTab, String goneTab) {
    PortModel worker = workers.get(ownerTab);
    if (worker != null) {
      worker.post(new Wire.Gone(goneTab));
    }
  }
}

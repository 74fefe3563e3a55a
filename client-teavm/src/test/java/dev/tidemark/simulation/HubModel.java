package dev.tidemark.simulation;

import dev.tidemark.client.tabs.Hub;
import dev.tidemark.client.tabs.LockNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The product's {@link Hub} in a modelled SharedWorker: what {@code HubWorker} is in a browser. */
final class HubModel implements Hub.Effects<PortModel> {

  private final Context context;
  private final LockModel locks;
  private final LockNames names;
  private final String lifeLock;
  private final Hub<PortModel> hub = new Hub<>(this);
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
    switch (message) {
      case Wire.Join join -> hub.joined(join.tab(), join.join(), port);
      case Wire.WorkerPort worker -> {
        hub.workerCame(worker.tab(), port, worker.port());
        worker.port().listen(context, said -> fromWorker(worker, said));
      }
      case Wire.Connect connect ->
          hub.connect(connect.tab(), port, connect.epoch(), connect.link(), connect.port());
      case Wire.Leave leave -> hub.left(leave.tab(), port);
      case Wire.WakeLocks wake -> locks.wake(context);
      default -> throw new IllegalStateException("unknown message " + message);
    }
  }

  private void fromWorker(Wire.WorkerPort worker, Wire said) {
    if (said instanceof Wire.Opened opened) {
      hub.ownerOpened(worker.tab(), worker.port(), opened.epoch(), opened.tabs());
    }
  }

  @Override
  public void watch(String tab) {
    LockModel.Request[] held = new LockModel.Request[1];
    held[0] =
        locks.request(
            names.tab(tab),
            context,
            () -> {
              held[0].release();
              hub.died(tab);
            });
  }

  @Override
  public void announce(PortModel page, @Nullable String owner, long epoch) {
    page.post(new Wire.OwnerIs(owner, epoch, lifeLock));
  }

  @Override
  public void handOver(PortModel worker, String fromTab, int link, PortModel port) {
    worker.post(new Wire.PagePort(fromTab, link, port));
  }

  @Override
  public void forget(PortModel worker, String goneTab) {
    worker.post(new Wire.Gone(goneTab));
  }
}

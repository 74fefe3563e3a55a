package dev.tidemark.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a MessageChannel. Messages arrive in order, each with its delay; those to an end that
 * nobody listens at yet wait; those to a dead or closed one are lost without a sign.
 */
final class PortModel {
  private final World world;
  private final Deque<Wire> early = new ArrayDeque<>();
  private @Nullable PortModel other;
  private @Nullable Context context;
  private @Nullable Consumer<Wire> listener;
  private long lastArrivalMillis;
  private boolean closed;

  private PortModel(World world) {
    this.world = world;
  }

  /** A channel's near end; its far end is {@link #far()}. */
  static PortModel open(World world) {
    PortModel near = new PortModel(world);
    PortModel far = new PortModel(world);
    near.other = far;
    far.other = near;
    return near;
  }

  PortModel far() {
    if (other == null) {
      throw new IllegalStateException("a port without its channel");
    }
    return other;
  }

  /** Listens in a context; what came before is heard first. */
  void listen(Context in, Consumer<Wire> receiver) {
    context = in;
    listener = receiver;
    while (!early.isEmpty()) {
      Wire message = early.removeFirst();
      in.run(() -> hear(message));
    }
  }

  private void hear(Wire message) {
    if (!closed && listener != null) {
      listener.accept(message);
    }
  }

  void close() {
    closed = true;
  }

  void post(Wire message) {
    if (closed) {
      return;
    }
    PortModel to = far();
    long delay = world.dice().below(3);
    if (world.strikes(Fault.MESSAGE_LATE, 10)) {
      delay += world.dice().below(600);
    }
    to.lastArrivalMillis = Math.max(to.lastArrivalMillis, world.nowMillis() + delay);
    long wait = to.lastArrivalMillis - world.nowMillis();
    String what = to.context == null ? message.what() : message.what() + " to " + to.context;
    world.after(wait, what, () -> to.deliver(message));
    if (message.canBeDoubled() && world.strikes(Fault.MESSAGE_DOUBLED, 8)) {
      world.after(wait, what + " again", () -> to.deliver(message));
    }
  }

  private void deliver(Wire message) {
    if (context == null || listener == null) {
      early.add(message);
    } else {
      context.run(() -> hear(message));
    }
  }
}

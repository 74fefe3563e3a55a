package dev.tidemark.client.sync;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps to the next action; actions at the same time run in the order given. */
final class VirtualTime {
  private record Action(long at, long number, Runnable what) {}

  private final PriorityQueue<Action> actions =
      new PriorityQueue<>(Comparator.comparingLong(Action::at).thenComparingLong(Action::number));
  private long now = 1_000;
  private long given;

  long now() {
    return now;
  }

  void after(long millis, Runnable what) {
    actions.add(new Action(now + millis, given++, what));
  }

  /** Runs the next action, unless there is none before that time. */
  boolean step(long until) {
    Action next = actions.peek();
    if (next == null || next.at() > until) {
      return false;
    }
    actions.remove();
    now = next.at();
    next.what().run();
    return true;
  }
}

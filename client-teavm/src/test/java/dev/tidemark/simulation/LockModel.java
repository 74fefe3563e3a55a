package dev.tidemark.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Web Locks of one browser: exclusive, granted in the order of asking, let go when their holder
 * dies. A frozen holder keeps its lock until somebody looks at the locks: then it is evicted
 * (reliability.md, finding 2). And as Chromium does, it may forget to grant a lock that its holder
 * has let go: all wait for it then, until one of them leaves the line.
 */
final class LockModel {

  /** A wish for a lock, waiting or granted. */
  final class Request {
    private final String name;
    private final Context context;
    private final Runnable granted;
    private boolean over;

    Request(String name, Context context, Runnable granted) {
      this.name = name;
      this.context = context;
      this.granted = granted;
    }

    /** Lets go of the lock, or of the wish for it. */
    void release() {
      if (!over) {
        over = true;
        grantNext(name);
      }
    }
  }

  private final World world;
  private final Map<String, Deque<Request>> queues = new HashMap<>();

  /** Locks that nobody holds though there are waiters. */
  private final Set<String> forgotten = new HashSet<>();

  LockModel(World world) {
    this.world = world;
  }

  /**
   * @param granted runs in {@code context} once it holds the lock
   */
  Request request(String name, Context context, Runnable granted) {
    Request request = new Request(name, context, granted);
    Deque<Request> queue = queues.computeIfAbsent(name, n -> new ArrayDeque<>());
    context.onDeath(request::release);
    queue.add(request);
    if (queue.peekFirst() == request) {
      grant(request);
    }
    return request;
  }

  private void grant(Request request) {
    request.context.after(
        1 + world.dice().below(20),
        request.name + " for " + request.context,
        () -> {
          if (!request.over) {
            request.granted.run();
          }
        });
  }

  private void grantNext(String name) {
    Deque<Request> queue = queues.getOrDefault(name, new ArrayDeque<>());
    Request first = queue.peekFirst();
    boolean left = queue.removeIf(request -> request.over);
    Request next = queue.peekFirst();
    if (forgotten.contains(name)) {
      if (left) {
        forgotten.remove(name);
        grantFirst(queue);
      }
    } else if (next != first && next != null && world.strikes(Fault.GRANT_FORGOTTEN, 30)) {
      forgotten.add(name);
    } else if (next != first) {
      grantFirst(queue);
    }
  }

  private void grantFirst(Deque<Request> queue) {
    Request first = queue.peekFirst();
    if (first != null) {
      grant(first);
    }
  }

  /** What {@code Locks.wake()} does in that context. */
  void wake(Context context) {
    look();
    for (String name : List.copyOf(forgotten)) {
      Deque<Request> queue = queues.getOrDefault(name, new ArrayDeque<>());
      queue.stream()
          .filter(request -> request.context == context)
          .findFirst()
          .ifPresent(request -> {
            forgotten.remove(name);
            queue.remove(request);
            boolean isLast = queue.isEmpty();
            grantFirst(queue);
            queue.add(request);
            if (isLast) {
              grant(request);
            }
          });
    }
  }

  /** {@code navigator.locks.query()}: frozen holders for whose lock others wait are evicted. */
  private void look() {
    List<Context> evicted = new ArrayList<>();
    for (Deque<Request> queue : queues.values()) {
      Request holder = queue.peekFirst();
      if (holder != null && queue.size() > 1 && holder.context.isFrozen()) {
        evicted.add(holder.context);
      }
    }
    evicted.forEach(context -> {
      if (!context.isDead()) {
        world.struck(Fault.FROZEN_EVICTED);
        context.evict();
      }
    });
  }
}

package dev.tidemark.simulation;

import dev.tidemark.protocol.database.SqlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One event loop in a browser: a page, a worker or the hub. It may be frozen or busy, when what
 * should run waits, and it may die, when all of that is gone without a word.
 */
final class Context {
  private final World world;
  private final String name;
  private final Runnable killed;
  private final Runnable evicted;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<Runnable> atDeath = new ArrayList<>();
  private boolean dead;
  private boolean frozen;
  private long busyUntilMillis;

  /**
   * @param killed what happens when this loop dies in the middle of a task
   * @param evicted what happens when the browser gives up the frozen page that it belongs to
   */
  Context(World world, String name, Runnable killed, Runnable evicted) {
    this.world = world;
    this.name = name;
    this.killed = killed;
    this.evicted = evicted;
  }

  void evict() {
    evicted.run();
  }

  @Override
  public String toString() {
    return name;
  }

  boolean isDead() {
    return dead;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** Runs a task as soon as this loop can. */
  void run(Runnable task) {
    if (dead) {
      return;
    }
    if (frozen || world.nowMillis() < busyUntilMillis) {
      waiting.add(task);
      return;
    }
    try {
      task.run();
    } catch (Killed e) {
      killed.run();
    } catch (SqlException e) {
      // An uncaught error ends a task, not the loop.
      world.note(name + " failed: " + e.getMessage());
    }
  }

  /** Runs a task of this loop later. */
  void after(long delayMillis, String what, Runnable task) {
    world.after(delayMillis, what, () -> run(task));
  }

  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
    drain();
  }

  /** Nothing runs for a while. */
  void beBusy(long millis) {
    busyUntilMillis = world.nowMillis() + millis;
    world.after(millis, name + " is done", this::drain);
  }

  private void drain() {
    while (!dead && !frozen && world.nowMillis() >= busyUntilMillis && !waiting.isEmpty()) {
      run(waiting.removeFirst());
    }
  }

  /** Runs after this loop died. */
  void onDeath(Runnable action) {
    atDeath.add(action);
  }

  void die() {
    if (!dead) {
      dead = true;
      waiting.clear();
      List.copyOf(atDeath).forEach(Runnable::run);
    }
  }
}

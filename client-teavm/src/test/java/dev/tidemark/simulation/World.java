package dev.tidemark.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Virtual time, the queue of what is going to happen, and chance. One thread. */
final class World {
  /** Where virtual time begins, milliseconds since 1970. */
  static final long START_MILLIS = 1_790_000_000_000L;

  private record Step(long atMillis, long number, String what, Runnable action) {}

  private final PriorityQueue<Step> queue =
      new PriorityQueue<>((a, b) ->
          a.atMillis != b.atMillis
              ? Long.compare(a.atMillis, b.atMillis)
              : Long.compare(a.number, b.number));
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Trace trace;
  private final Dice dice;
  private long nowMillis;
  private long made;
  private boolean calm;

  World(long seed, Trace trace) {
    this.dice = new Dice(seed);
    this.trace = trace;
  }

  Dice dice() {
    return dice;
  }

  Trace trace() {
    return trace;
  }

  /** Milliseconds since the schedule began. */
  long nowMillis() {
    return nowMillis;
  }

  /** What a correct clock shows, milliseconds since 1970. */
  long clockMillis() {
    return START_MILLIS + nowMillis;
  }

  /** Does something later; steps of the same moment run in the order in which they were asked. */
  void after(long delayMillis, String what, Runnable action) {
    queue.add(new Step(nowMillis + delayMillis, made++, what, action));
  }

  /** Runs the next step; false when nothing is left to happen. */
  boolean step() {
    Step next = queue.poll();
    if (next == null) {
      return false;
    }
    nowMillis = next.atMillis;
    trace.add(nowMillis, next.what);
    next.action.run();
    return true;
  }

  void note(String what) {
    trace.add(nowMillis, what);
  }

  /** From now on nothing fails any more. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** Whether a fault strikes now; never once the world is calm. */
  boolean strikes(Fault fault, int permille) {
    if (calm || !dice.chance(permille)) {
      return false;
    }
    struck(fault);
    return true;
  }

  /** Counts a fault that struck. */
  void struck(Fault fault) {
    faults.merge(fault, 1, Integer::sum);
    trace.add(nowMillis, "fault: " + fault);
  }

  Map<Fault, Integer> faults() {
    return faults;
  }
}

package dev.tidemark.client.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/** Schedules of faults by seed; {@code -Dsync.seed=N} runs one of them alone, with its trace. */
class SyncSimulationTest {
  private static final int SCHEDULES = 200;

  @Test
  void whatever_fails_every_event_arrives_once_and_in_order_and_the_replica_catches_up() {
    Long alone = Long.getLong("sync.seed");
    if (alone != null) {
      run(alone);
      return;
    }
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    SyncSchedule schedule = new SyncSchedule(seed);
    try {
      schedule.run();
    } catch (AssertionError | RuntimeException violation) {
      String trace = schedule.trace.toString();
      fail(
          "seed "
              + seed
              + ": "
              + violation
              + "\n"
              + trace.substring(Math.max(0, trace.length() - 20_000)),
          violation);
    }
  }

  @Test
  void the_same_seed_gives_the_same_trace() {
    SyncSchedule first = new SyncSchedule(7);
    SyncSchedule second = new SyncSchedule(7);
    first.run();
    second.run();
    assertEquals(first.trace.toString(), second.trace.toString());
  }
}

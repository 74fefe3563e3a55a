package dev.tidemark.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SimulationTest {
  private static final int SEEDS = 2000;

  @Test
  @Timeout(value = 12, unit = TimeUnit.MINUTES)
  void invariants_hold_on_two_thousand_seeds() {
    assertEquals(Map.of(), Simulate.run(1, SEEDS).violations());
  }
}

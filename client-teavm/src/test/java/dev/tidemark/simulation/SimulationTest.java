package dev.tidemark.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulationTest {
  private static final int SEEDS = 2000;

  @Test
  void invariants_hold_on_two_thousand_seeds() {
    assertEquals(Map.of(), Simulate.run(1, SEEDS).violations());
  }
}

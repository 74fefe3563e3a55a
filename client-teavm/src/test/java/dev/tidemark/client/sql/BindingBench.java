package dev.tidemark.client.sql;

import dev.tidemark.client.chromium.Chromium;
import java.time.Duration;
import java.util.Map;

/** Prints what {@link BindingBenchMain} measured; started by hand from the module's folder. */
public final class BindingBench {
  private BindingBench() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    try (Chromium chromium =
        Chromium.start("bench", Map.of("binding-bench.js", BindingBenchMain.class))) {
      for (int round = 0; round < 3; round++) {
        for (String contender : new String[] {"raw", "product"}) {
          chromium
              .run("binding-bench.js?" + contender, Duration.ofMinutes(3))
              .forEach(line -> System.out.printf("%-20s %s%n", line.name(), line.detail()));
        }
      }
    }
  }
}

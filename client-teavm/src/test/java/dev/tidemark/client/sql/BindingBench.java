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
      chromium
          .run("binding-bench.js", Duration.ofMinutes(3))
          .forEach(line -> System.out.printf("%-20s %s%n", line.name(), line.detail()));
    }
  }
}

package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How long a survivor's query takes that is asked just when the owner has gone: closed, crashed, or
 * left for the back/forward cache.
 */
final class TakeOverBench {
  private static final int ROUNDS = 20;

  private static final String IS_OWNER = "benchContender.info().status.role === 'owner'";

  private final Browser browser;
  private final String origin;

  TakeOverBench(Browser browser, String origin) {
    this.browser = browser;
    this.origin = origin;
  }

  void run() {
    System.out.printf("%-32s %10s %10s %10s%n", "owner", "p50 ms", "p95 ms", "max ms");
    measure("closed", Tab::close);
    measure("crashed", Tab::crash);
    measure("in the back/forward cache", tab -> tab.navigate(origin + "/healthz"));
  }

  private void measure(String how, Consumer<Tab> leave) {
    List<Double> times = new ArrayList<>();
    Tab owner = tab();
    Tab survivor = tab();
    for (int round = 0; round < ROUNDS; round++) {
      // A further tab, so that the survivor has been there for a while: its worker has SQLite
      // loaded.
      Tab next = tab();
      leave.accept(owner);
      times.add(
          survivor
              .evaluate(
                  "(async () => { const start = performance.now();"
                      + " await benchContender.timeline('none', 50);"
                      + " return performance.now() - start; })()")
              .asDouble());
      // Mostly the one that waited longer, unless the browser forgot the line and it asked again.
      survivor.waitFor("benchContender.info().status.owner !== null");
      boolean tookOver = survivor.evaluate(IS_OWNER).asBoolean();
      owner = tookOver ? survivor : next;
      survivor = tookOver ? next : survivor;
    }
    owner.close();
    survivor.close();
    List<Double> sorted = times.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-32s %10.0f %10.0f %10.0f%n",
        how,
        sorted.get(ROUNDS / 2),
        sorted.get((ROUNDS * 95 - 1) / 100),
        sorted.getLast());
  }

  private Tab tab() {
    Tab tab = browser.open(origin + "/bench.html");
    tab.waitFor("!!globalThis.benchContender");
    tab.evaluate("benchContender.open()");
    tab.waitFor("benchContender.info().status.owner !== null");
    return tab;
  }
}

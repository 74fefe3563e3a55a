package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How long a survivor's query takes that is asked just when the owner has gone: closed, crashed, or
 * left for the back/forward cache. The survivors are standbys, whose workers have everything
 * loaded, but for the last row: there one of them is still at it.
 */
final class TakeOverBench {
  private static final int ROUNDS = 20;

  private static final String IS_OWNER = "benchContender.info().status.role === 'owner'";

  private static final String EPOCH = "benchContender.info().status.epoch";
  private static final String IS_STANDBY = "benchContender.info().status.standby";

  private final Browser browser;
  private final String origin;

  TakeOverBench(Browser browser, String origin) {
    this.browser = browser;
    this.origin = origin;
  }

  void run() {
    System.out.printf("%-40s %10s %10s %10s%n", "owner", "p50 ms", "p95 ms", "max ms");
    measure("closed", Tab::close, true);
    measure("crashed", Tab::crash, true);
    measure("in the back/forward cache", tab -> tab.navigate(origin + "/healthz"), true);
    measure("closed, just after a tab was opened", Tab::close, false);
  }

  private void measure(String how, Consumer<Tab> leave, boolean isSettled) {
    List<Double> times = new ArrayList<>();
    Tab owner = tab();
    Tab survivor = tab();
    while (times.size() < ROUNDS) {
      Tab next = tab();
      if (isSettled) {
        survivor.waitFor(IS_STANDBY);
        next.waitFor(IS_STANDBY);
      }
      long epoch = survivor.evaluate(EPOCH).asLong();
      leave.accept(owner);
      double took =
          survivor
              .evaluate(
                  "(async () => { const start = performance.now();"
                      + " await benchContender.timeline('none', 50);"
                      + " return performance.now() - start; })()")
              .asDouble();
      if (survivor.evaluate(EPOCH).asLong() > epoch) {
        times.add(took);
      } else {
        // The old owner has answered, on its way out.
        survivor.waitFor(EPOCH + " > " + epoch);
      }
      // Mostly the one that waited longer, unless the browser forgot the line and it asked again.
      boolean tookOver = survivor.evaluate(IS_OWNER).asBoolean();
      owner = tookOver ? survivor : next;
      survivor = tookOver ? next : survivor;
    }
    owner.close();
    survivor.close();
    List<Double> sorted = times.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-40s %10.0f %10.0f %10.0f%n",
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

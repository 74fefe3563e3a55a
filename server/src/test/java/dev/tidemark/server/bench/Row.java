package dev.tidemark.server.bench;

import java.util.List;
import java.util.Locale;

/**
 * One line of the table: the median of several rounds and how far they lay apart.
 *
 * @param perSecond rates of the rounds; empty when only latency counts
 * @param cpuMicrosPerEvent processor time of this process, clients included: what a busy machine
 *     does not blur
 * @param goal in words
 */
record Row(
    String what,
    List<Double> perSecond,
    double cpuMicrosPerEvent,
    double p50Millis,
    double p99Millis,
    String goal) {
  Row {
    perSecond = perSecond.stream().sorted().toList();
  }

  static String header() {
    return String.format(
        Locale.ROOT,
        "%-52s %12s %17s %12s %9s %9s   %s",
        "server",
        "events/s",
        "lowest..highest",
        "cpu us/event",
        "p50 ms",
        "p99 ms",
        "goal");
  }

  String line() {
    String rate = "";
    String spread = "";
    if (!perSecond.isEmpty()) {
      rate = String.format(Locale.ROOT, "%,.0f", perSecond.get(perSecond.size() / 2));
      spread =
          String.format(Locale.ROOT, "%,.0f..%,.0f", perSecond.getFirst(), perSecond.getLast());
    }
    return String.format(
        Locale.ROOT,
        "%-52s %12s %17s %12.1f %9.2f %9.2f   %s",
        what,
        rate,
        spread,
        cpuMicrosPerEvent,
        p50Millis,
        p99Millis,
        goal);
  }
}

package dev.tidemark.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.harness.Browser;
import dev.tidemark.e2e.harness.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The product's page beside the yardstick, round by round in turn, so that a noisy neighbour hits
 * both. Ratios are of medians over the rounds; the spread is the least and the greatest round.
 */
final class BrowserBench {
  private static final int ROUNDS = 5;
  private static final int EVENTS = 20_000;
  private static final int READS = 300;
  private static final int WRITES = 150;

  private final Tab own;
  private final Tab yardstick;
  private final Browser browser;
  private final String origin;
  private int nextSeed = 1000;

  BrowserBench(Browser browser, String origin, String yardstickOrigin) {
    this.browser = browser;
    this.origin = origin;
    this.own = contender();
    this.yardstick = browser.open(yardstickOrigin + "/raw.html");
    yardstick.waitFor("!!globalThis.raw");
    Scripts.install(yardstick);
    yardstick.call("ddl => raw('open', ddl)", tables());
  }

  private Tab contender() {
    Tab tab = browser.open(origin + "/bench.html");
    tab.waitFor("!!globalThis.benchContender");
    Scripts.install(tab);
    tab.evaluate("benchContender.open()");
    return tab;
  }

  /** The product's own tables, so that both write the same. */
  private String tables() {
    return own.evaluate(
            """
            (async () => {
              const { open } = await import('/engine/tidemark.js');
              const engine = await open({ database: 'bench', user: 'bench', serverUrl: null, durableConfirm: true });
              const rows = await engine.query(
                "select sql from sqlite_master where sql is not null and type in ('table', 'index', 'trigger')" +
                " and name not in ('message_text_data', 'message_text_idx', 'message_text_docsize', 'message_text_config')" +
                " order by rowid");
              await engine.close();
              return rows.map((row) => row.sql).join(';') + ';';
            })()
            """)
        .asText();
  }

  void run() {
    System.out.printf("%-44s %22s %22s %7s%n", "", "tidemark", "raw oo1", "ratio");
    ingest();
    timed(
        "newest 50, own tab, ms",
        "measure.reads('contender', " + READS + ")",
        own,
        "measure.reads('raw', " + READS + ")");
    Tab follower = contender();
    follower.call("channels => { measure.channels = channels; }", own.evaluate("measure.channels"));
    timed(
        "newest 50, other tab, ms",
        "measure.reads('contender', " + READS + ")",
        follower,
        "measure.reads('raw', " + READS + ")");
    timed(
        "write until callback, own tab, ms",
        "measure.writeToCallback(" + WRITES + ", SEED)",
        own,
        "measure.writeAndRequery(" + WRITES + ", SEED)");
    timed(
        "write until callback, other tab, ms",
        "measure.writeToCallback(" + WRITES + ", SEED)",
        follower,
        "measure.writeAndRequery(" + WRITES + ", SEED)");
    subscriptions();
  }

  private void ingest() {
    List<Double> ours = new ArrayList<>();
    List<Double> raw = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      ours.add(
          patient(own, "measure.ingest('contender', " + EVENTS + ", " + round + ")").asDouble());
      raw.add(
          patient(yardstick, "measure.ingest('raw', " + EVENTS + ", " + round + ")").asDouble());
    }
    System.out.printf(
        Locale.ROOT,
        "%-44s %22s %22s %7.2f%n",
        "ingest, events/s (median, min-max)",
        spread(ours, "%.0f"),
        spread(raw, "%.0f"),
        median(ours) / median(raw));
  }

  private void timed(String what, String script, Tab tab, String rawScript) {
    List<Double> ours = new ArrayList<>();
    List<Double> raw = new ArrayList<>();
    List<Double> oursTail = new ArrayList<>();
    List<Double> rawTail = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      JsonNode one = patient(tab, seeded(script));
      ours.add(one.path("p50").asDouble());
      oursTail.add(one.path("p99").asDouble());
      JsonNode other = patient(yardstick, seeded(rawScript));
      raw.add(other.path("p50").asDouble());
      rawTail.add(other.path("p99").asDouble());
    }
    System.out.printf(
        Locale.ROOT,
        "%-44s %22s %22s %7.2f%n",
        what + " p50 (min-max)",
        spread(ours, "%.2f"),
        spread(raw, "%.2f"),
        median(ours) / median(raw));
    System.out.printf(
        Locale.ROOT,
        "%-44s %22s %22s %7.2f%n",
        what + " p99 (min-max)",
        spread(oursTail, "%.2f"),
        spread(rawTail, "%.2f"),
        median(oursTail) / median(rawTail));
  }

  /** New events each time: a known id would be skipped. */
  private String seeded(String script) {
    return script.replace("SEED", String.valueOf(nextSeed++));
  }

  /** A whole round can take longer than a test would wait for a script. */
  private static JsonNode patient(Tab tab, String script) {
    return tab.evaluateLater(script).orTimeout(10, TimeUnit.MINUTES).join();
  }

  private void subscriptions() {
    List<Double> few = new ArrayList<>();
    List<Double> many = new ArrayList<>();
    int called = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      JsonNode at50 = patient(own, seeded("measure.writesBeside(50, " + WRITES + ", SEED)"));
      JsonNode at500 = patient(own, seeded("measure.writesBeside(500, " + WRITES + ", SEED)"));
      few.add(at50.path("p50").asDouble());
      many.add(at500.path("p50").asDouble());
      called += at50.path("called").asInt() + at500.path("called").asInt();
    }
    System.out.printf(
        Locale.ROOT,
        "%-44s %22s %22s %7.2f%n",
        "write, 500 subscriptions | 50, ms p50",
        spread(many, "%.2f"),
        spread(few, "%.2f"),
        median(many) / median(few));
    System.out.println("subscriptions called that no write concerned: " + called);
  }

  static String spread(List<Double> values, String format) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        format + " (" + format + "-" + format + ")",
        median(values),
        sorted.getFirst(),
        sorted.getLast());
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

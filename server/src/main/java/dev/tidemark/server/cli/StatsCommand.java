package dev.tidemark.server.cli;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the data folder holds. */
@Command(
    name = "stats",
    description = "Shows storage, jobs, embeddings, connected browsers and slow queries.",
    mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(names = "--json", description = "Prints the JSON of GET /api/v1/stats.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      String answer = operator.stats();
      if (json) {
        out.println(answer);
      } else {
        print(JacksonJson.parse(answer), out);
      }
      out.flush();
      return 0;
    }
  }

  private static void print(JsonObject stats, PrintWriter out) {
    JsonObject storage = stats.object("storage");
    row(out, "database", megabytes(storage.integer("databaseBytes")));
    row(out, "  of it unused", megabytes(storage.integer("freeBytes")));
    row(out, "write-ahead log", megabytes(storage.integer("walBytes")));
    for (String name : List.of("users", "spaces", "messages", "events")) {
      row(out, name, count(stats.integer(name)));
    }
    for (String group : List.of("libraries", "jobs")) {
      JsonObject counts = stats.object(group);
      for (String name : counts.names()) {
        row(out, group.equals("jobs") ? "jobs " + name : name, count(counts.integer(name)));
      }
    }
    row(out, "browsers connected", count(stats.object("streams").integer("count")));
    row(out, "words missing", count(stats.object("fullText").integer("missing")));
    row(out, "embeddings missing", count(stats.integer("missing_embeddings_total")));
    List<JsonObject> slow = stats.objects("slowQueries");
    row(out, "slow queries", count(slow.size()));
    for (JsonObject query : slow) {
      out.printf(
          Locale.ROOT,
          "  %,d ms, %,d times: %s%n",
          query.integer("millis"),
          query.integer("count"),
          query.text("sql"));
    }
  }

  private static void row(PrintWriter out, String what, String value) {
    out.printf("%-20s %14s%n", what, value);
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}

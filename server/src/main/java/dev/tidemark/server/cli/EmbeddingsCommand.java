package dev.tidemark.server.cli;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows how much is embedded. */
@Command(
    name = "embeddings",
    description = "Shows how many messages, documents and snippets have embeddings.",
    mixinStandardHelpOptions = true,
    subcommands = EmbeddingsBuildCommand.class)
final class EmbeddingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      print(JacksonJson.parse(operator.stats()), out);
      return 0;
    }
  }

  /** A table from the JSON of the statistics. */
  static void print(JsonObject stats, PrintWriter out) {
    JsonObject embeddings = stats.object("embeddings");
    out.printf(
        "%-34s %-9s %-9s %12s %12s %12s %12s%n",
        "model", "state", "kind", "live", "embedded", "blank", "missing");
    for (JsonObject generation : embeddings.objects("generations")) {
      for (JsonObject kind : generation.objects("kinds")) {
        out.printf(
            Locale.ROOT,
            "%-34s %-9s %-9s %,12d %,12d %,12d %,12d%n",
            generation.integer("number") + " " + generation.text("model"),
            generation.text("state"),
            kind.text("kind"),
            kind.integer("live"),
            kind.integer("embedded"),
            kind.integer("blank"),
            kind.integer("missing"));
      }
    }
    out.printf(Locale.ROOT, "missing: %,d%n", stats.integer("missing_embeddings_total"));
    if (embeddings.kind("reason") == JsonObject.Kind.TEXT) {
      out.println(embeddings.text("mode") + ": " + embeddings.text("reason"));
    }
    out.flush();
  }
}

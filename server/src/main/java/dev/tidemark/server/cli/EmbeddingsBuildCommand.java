package dev.tidemark.server.cli;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.importing.ProgressBar;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Waits until everything is embedded; exit status 1 when the model cannot be used. */
@Command(
    name = "build",
    description = "Embeds what is missing and waits for it.",
    mixinStandardHelpOptions = true)
final class EmbeddingsBuildCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  /** So often nothing may change before what is left counts as refused by the model. */
  private static final int LOOKS_WITHOUT_CHANGE = 40;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private EmbeddingOptions embedding;

  @Option(names = "--backstop", description = "Looks at every row again.")
  private boolean backstop;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    ProgressBar bar = terminal ? new ProgressBar(out, System::nanoTime) : null;
    try (Operator operator =
        Operators.open(data.existing(), embedding.settings(), Clock.systemUTC())) {
      operator.buildEmbeddings(backstop);
      JsonObject stats = JacksonJson.parse(operator.stats());
      long all = Math.max(1, stats.integer("missing_embeddings_total"));
      long before = -1;
      int unchanged = 0;
      while (isUnderWay(stats) && unchanged < LOOKS_WITHOUT_CHANGE) {
        long missing = stats.integer("missing_embeddings_total");
        all = Math.max(all, missing);
        if (bar != null) {
          bar.drawn("embedding", "texts", all - missing, all);
        }
        unchanged = missing == before ? unchanged + 1 : 0;
        before = missing;
        Thread.sleep(LOOK_EVERY);
        stats = JacksonJson.parse(operator.stats());
      }
      if (bar != null) {
        bar.done();
      }
      EmbeddingsCommand.print(stats, out);
      return stats.integer("missing_embeddings_total") == 0 && isOk(stats) ? 0 : 1;
    }
  }

  private static boolean isOk(JsonObject stats) {
    return stats.object("embeddings").text("mode").equals("ok");
  }

  /** Loading and working; a model that failed is tried again much later. */
  private static boolean isUnderWay(JsonObject stats) {
    String mode = stats.object("embeddings").text("mode");
    boolean building =
        stats.object("embeddings").objects("generations").stream()
            .anyMatch(generation -> generation.text("state").equals("building"));
    return mode.equals("loading")
        || (mode.equals("ok") && (stats.integer("missing_embeddings_total") > 0 || building));
  }
}

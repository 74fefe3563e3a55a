package dev.tidemark.server.cli;

import dev.tidemark.server.storage.IndexSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of everything that may index. */
public final class IndexingOptions {
  private static final int MAX_WORKERS = 64;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--libs-allow",
      paramLabel = "DIR,...",
      split = ",",
      hideParamSyntax = true,
      description = "Lets git repositories below DIR be libraries; else only https:// is taken.")
  private List<Path> allowed = List.of();

  @Option(
      names = "--index-workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Versions that are indexed at a time (default: 2; 0: none).")
  private int workers;

  IndexSettings settings() {
    if (workers < 0 || workers > MAX_WORKERS) {
      throw new ParameterException(
          spec.commandLine(), "--index-workers is from 0 to " + MAX_WORKERS + ".");
    }
    return new IndexSettings(workers, allowed);
  }
}

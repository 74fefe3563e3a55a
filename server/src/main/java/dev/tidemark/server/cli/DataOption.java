package dev.tidemark.server.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that all commands share. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "./data",
      description = "Folder that holds everything (default: ./data).")
  private Path data;

  public Path path() {
    return data;
  }
}

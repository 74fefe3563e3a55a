package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.database.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that all commands share. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "./data",
      description = "Folder that holds everything (default: ./data).")
  private Path data;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * The folder, which need not be there yet.
   *
   * @throws ParameterException when the option is given without a value
   */
  public Path path() {
    if (data.toString().isBlank()) {
      throw new ParameterException(spec.commandLine(), "--data names a folder.");
    }
    return data;
  }

  /**
   * The folder, for commands that only look: nothing is made where nothing is.
   *
   * @throws Operator.Failed when it holds no data
   */
  public Path existing() {
    Path folder = path();
    if (!Files.exists(DataFolder.databaseIn(folder))) {
      throw new Operator.Failed(
          "There is no data of Tidemark in " + folder + ". Name its folder with --data.");
    }
    return folder;
  }
}

package dev.tidemark.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The imports, one subcommand for each kind of source. */
@Command(
    name = "import",
    description = "Brings conversations of other systems into a space.",
    mixinStandardHelpOptions = true,
    subcommands = ImportIrcCommand.class)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Say what to import: import irc PATH --space NAME.");
  }
}

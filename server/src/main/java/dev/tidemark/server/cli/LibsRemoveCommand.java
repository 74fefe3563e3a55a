package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes a library; exit status 2 when there is none of that id. */
@Command(
    name = "remove",
    description = "Removes a library with its versions and jobs under way.",
    mixinStandardHelpOptions = true)
final class LibsRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(paramLabel = "ID", description = "Id of the library, as 'libs' lists it.")
  private String id;

  @Override
  public Integer call() {
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      if (!operator.libraries().remove(id)) {
        spec.commandLine().getErr().println("There is no library " + id + "; 'libs' lists them.");
        return ExitCode.USAGE;
      }
      spec.commandLine().getOut().println("Removed " + id + ".");
      return ExitCode.OK;
    }
  }
}

package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.http.HttpServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Main class of everything that {@code ./run} starts; without a command it serves. */
@Command(
    name = "run",
    description = "Tidemark: a workspace that works offline, and its server.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServeCommand.class,
      TokenCommand.class,
      CheckCommand.class,
      ImportCommand.class,
      LibsCommand.class,
      JobsCommand.class,
      SearchCommand.class,
      EmbeddingsCommand.class,
      StatsCommand.class
    })
public final class Tidemark {
  private Tidemark() {}

  public static void main(String[] arguments) {
    Logging.configure();
    try {
      System.exit(commandLine().execute(withCommand(arguments)));
    } catch (Defaults.Unreadable e) {
      System.err.println(e.getMessage());
      System.exit(ExitCode.USAGE);
    }
  }

  static CommandLine commandLine() {
    return withVersion(new CommandLine(new Tidemark()))
        .setDefaultValueProvider(new Defaults(System.getenv()))
        .setExecutionExceptionHandler(
            (failure, commandLine, result) -> explain(failure, commandLine));
  }

  private static CommandLine withVersion(CommandLine line) {
    String version = Tidemark.class.getPackage().getImplementationVersion();
    line.getCommandSpec().version("Tidemark " + (version == null ? "(not built)" : version));
    line.getSubcommands().values().forEach(Tidemark::withVersion);
    return line;
  }

  /** What people can mend is one sentence; everything else is our mistake and shows its trace. */
  private static int explain(Exception failure, CommandLine commandLine) throws Exception {
    boolean explained =
        failure instanceof DataFolder.Unusable
            || failure instanceof DatabaseException
            || failure instanceof Operator.Failed
            || failure instanceof HttpServer.CannotListen;
    if (!explained) {
      throw failure;
    }
    commandLine.getErr().println(failure.getMessage());
    return commandLine.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String[] withCommand(String[] arguments) {
    if (arguments.length > 0) {
      return arguments;
    }
    return new String[] {"serve"};
  }
}

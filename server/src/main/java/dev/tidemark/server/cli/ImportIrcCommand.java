package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.importing.ImportProgress;
import dev.tidemark.server.importing.ImportRefused;
import dev.tidemark.server.importing.ImportSummary;
import dev.tidemark.server.importing.IrcImport;
import dev.tidemark.server.importing.ProgressBar;
import dev.tidemark.server.space.Spaces;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports logs of IRC; exit status 2 when the input cannot be imported. */
@Command(
    name = "irc",
    description = {
      "Makes a channel of each log DATE.PART.raw.txt, with authors, times and, from the"
          + " annotations beside it (DATE.PART.annotation.txt), threads.",
      "Importing the same again adds only what is missing."
    },
    mixinStandardHelpOptions = true)
final class ImportIrcCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(paramLabel = "PATH", description = "A log, or a folder with logs directly in it.")
  private Path path;

  @Option(
      names = "--space",
      required = true,
      paramLabel = "NAME",
      description =
          "The space; made when there is none of that name, with all administrators as owners.")
  private String space;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      String objection = Spaces.objection(space);
      if (objection != null) {
        throw new ImportRefused(objection);
      }
      IrcImport irc = new IrcImport(path, progress(out));
      try (Operator operator = Operators.open(data.path(), Clock.systemUTC())) {
        ImportSummary summary = irc.into(operator, space);
        summary.lines(space).forEach(out::println);
        out.flush();
        return ExitCode.OK;
      }
    } catch (ImportRefused e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private static ImportProgress progress(PrintWriter out) {
    // JDK 25 gives null again where there is no terminal, whatever its documentation hints.
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return terminal ? new ProgressBar(out, System::nanoTime) : ImportProgress.NONE;
  }
}

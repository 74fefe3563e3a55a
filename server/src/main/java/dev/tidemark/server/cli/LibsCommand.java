package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the libraries; its subcommands add and remove them. */
@Command(
    name = "libs",
    description = "Lists the libraries that are searched; adds and removes them.",
    mixinStandardHelpOptions = true,
    subcommands = {LibsAddCommand.class, LibsRemoveCommand.class})
final class LibsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      List<Library> libraries = operator.libraries().list();
      if (libraries.isEmpty()) {
        out.println("No libraries yet. Add one: libs add https://HOST/OWNER/NAME");
      } else {
        Table table = new Table("ID", "TITLE", "TAGS>", "INDEXED>", "SNIPPETS>", "FILES", "SOURCE");
        for (Library library : libraries) {
          table.row(
              library.id(),
              library.title(),
              library.versions().size(),
              indexed(library),
              snippets(library),
              library.paths().text(),
              library.source());
        }
        table.lines().forEach(out::println);
      }
      out.flush();
      return ExitCode.OK;
    }
  }

  private static long indexed(Library library) {
    return library.versions().stream()
        .filter(version -> version.state() == LibraryVersion.State.INDEXED)
        .count();
  }

  /** Summed over versions; those that several versions share are stored once. */
  private static long snippets(Library library) {
    return library.versions().stream()
        .map(LibraryVersion::snippets)
        .filter(Objects::nonNull)
        .mapToLong(Integer::longValue)
        .sum();
  }
}

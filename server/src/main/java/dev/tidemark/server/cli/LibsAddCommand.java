package dev.tidemark.server.cli;

import dev.tidemark.server.admin.LibraryOperator;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.importing.ProgressBar;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.library.PathChoice;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Adds a library, lists its tags and indexes some. Exit status 2 when the source or a tag cannot be
 * used, 1 when a version was not indexed.
 */
@Command(
    name = "add",
    exitCodeOnExecutionException = ExitCode.USAGE,
    description = {
      "Adds a git repository, looks for its tags and indexes some of them.",
      "Beside a running server the server indexes, and goes on when this command is stopped."
    },
    mixinStandardHelpOptions = true)
final class LibsAddCommand implements Callable<Integer> {
  private static final int NAMED_TAGS = 10;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private IndexingOptions indexing;

  @Parameters(
      paramLabel = "SOURCE",
      description = "Address of the repository (https://...), or an allowed local folder.")
  private String source;

  @Option(
      names = "--tags",
      paramLabel = "all|TAG,...",
      split = ",",
      hideParamSyntax = true,
      description = "Which tags to index (default: the newest one).")
  private @Nullable List<String> tags;

  @Option(
      names = "--include",
      paramLabel = "GLOB,...",
      split = ",",
      hideParamSyntax = true,
      description = {
        "Read these files only, such as docs/** or **/*.md.",
        "Given for a library that is there it changes what the next indexing reads."
      })
  private @Nullable List<String> include;

  @Option(
      names = "--exclude",
      paramLabel = "GLOB,...",
      split = ",",
      hideParamSyntax = true,
      description = "Leave these files out.")
  private @Nullable List<String> exclude;

  @Option(names = "--title", description = "How to show the library.")
  private @Nullable String title;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Operator operator = Operators.open(data.path(), indexing.settings(), Clock.systemUTC())) {
      LibraryOperator.Added added;
      try {
        added = operator.libraries().add(source, title, paths());
      } catch (Operator.Failed e) {
        spec.commandLine().getErr().println(e.getMessage());
        return ExitCode.USAGE;
      }
      Library library = added.library();
      out.println(
          added.isNew() ? "Added " + library.id() + "." : library.id() + " is there already.");
      out.println("Looking for tags ...");
      out.flush();
      library = operator.libraries().discover(library.id());
      out.println(library.versions().size() + " tags.");
      List<String> chosen = choose(library);
      if (chosen.isEmpty()) {
        return ExitCode.USAGE;
      }
      boolean leaving = indexing.settings().workers() == 0;
      out.println(
          (leaving ? "Left to the server: " : "Indexing ")
              + (chosen.size() == 1 ? chosen.getFirst() : chosen.size() + " versions")
              + (leaving ? "." : " ..."));
      out.flush();
      if (leaving) {
        operator.libraries().index(library.id(), chosen);
        return ExitCode.OK;
      }
      return index(operator, library, chosen, out);
    }
  }

  private @Nullable PathChoice paths() {
    return include == null && exclude == null
        ? null
        : new PathChoice(
            include == null ? List.of() : include, exclude == null ? List.of() : exclude);
  }

  /** The names to index; empty, with the reason printed, when they cannot be chosen. */
  private List<String> choose(Library library) {
    List<String> known = library.versions().stream().map(LibraryVersion::name).toList();
    PrintWriter err = spec.commandLine().getErr();
    if (known.isEmpty()) {
      err.println("This repository has no tags, so there is nothing to index.");
      return List.of();
    }
    if (tags != null && tags.stream().anyMatch(String::isBlank)) {
      err.println("--tags takes all, or names of tags with commas between them.");
      return List.of();
    }
    if (tags == null) {
      return List.of(VersionOrder.newest(library.versions()));
    }
    if (tags.equals(List.of("all"))) {
      return known;
    }
    Set<String> unknown = new LinkedHashSet<>(tags);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      err.println(
          "There is no tag "
              + String.join(", ", unknown)
              + ". The newest are "
              + String.join(", ", known.subList(0, Math.min(NAMED_TAGS, known.size())))
              + ".");
      return List.of();
    }
    return List.copyOf(new LinkedHashSet<>(tags));
  }

  private static int index(
      Operator operator, Library library, List<String> versions, PrintWriter out)
      throws InterruptedException {
    // JDK 25 gives null again where there is no terminal, whatever its documentation hints.
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    ProgressBar bar = terminal ? new ProgressBar(out, System::nanoTime) : null;
    List<Job> jobs =
        new JobWatch(operator, bar).untilOver(operator.libraries().index(library.id(), versions));
    Table table =
        new Table("VERSION", "STATUS", "FILES>", "SKIPPED>", "SNIPPETS>", "REUSED>", "SECONDS>");
    List<String> errors = new ArrayList<>();
    for (Job job : jobs) {
      table.row(
          job.version(),
          job.state().text(),
          job.filesDone(),
          job.filesSkipped(),
          job.snippets(),
          job.snippetsReused(),
          JobsCommand.seconds(job));
      if (job.error() != null) {
        errors.add(job.version() + ": " + job.error());
      }
    }
    table.lines().forEach(out::println);
    errors.forEach(out::println);
    out.flush();
    return jobs.stream().allMatch(job -> job.state() == JobState.DONE)
        ? ExitCode.OK
        : ExitCode.SOFTWARE;
  }
}

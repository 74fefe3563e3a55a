package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobPage;
import dev.tidemark.server.jobs.JobState;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists jobs; its subcommands pause, resume and cancel one. */
@Command(
    name = "jobs",
    description =
        "Lists the jobs that index libraries, newest first; pauses, resumes, cancels them.",
    mixinStandardHelpOptions = true,
    subcommands = {
      JobWishCommand.Pause.class,
      JobWishCommand.Resume.class,
      JobWishCommand.Cancel.class
    })
final class JobsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int MAX_LIMIT = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--status",
      paramLabel = "STATUS,...",
      split = ",",
      hideParamSyntax = true,
      description = "Only these: queued, running, paused, done, failed, cancelled.")
  private List<String> statuses = List.of();

  @Option(
      names = "--repository",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Only libraries whose id begins so.")
  private String repository;

  @Option(names = "--limit", defaultValue = "50", description = "How many (default: 50).")
  private int limit;

  @Override
  public Integer call() {
    Set<JobState> states = states();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ParameterException(spec.commandLine(), "--limit is from 1 to " + MAX_LIMIT + ".");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      JobPage page = operator.libraries().jobs(repository, states, limit);
      if (page.jobs().isEmpty()) {
        out.println("No jobs.");
        out.flush();
        return ExitCode.OK;
      }
      Table table =
          new Table(
              "ID",
              "REPOSITORY",
              "VERSION",
              "STATUS",
              "DONE>",
              "FILES>",
              "SNIPPETS>",
              "SECONDS>",
              "CREATED",
              "ERROR");
      for (Job job : page.jobs()) {
        String error = job.error();
        table.row(
            job.id(),
            job.library(),
            job.version(),
            job.state().text(),
            job.progress() + " %",
            job.filesDone() + "/" + job.filesTotal(),
            job.snippets(),
            seconds(job),
            TIME.format(Instant.ofEpochMilli(job.createdAt()).atZone(ZoneId.systemDefault())),
            error == null ? "" : error);
      }
      table.lines().forEach(out::println);
      if (page.total() > page.jobs().size()) {
        out.println("The newest " + page.jobs().size() + " of " + page.total() + " jobs.");
      }
      out.flush();
      return ExitCode.OK;
    }
  }

  private Set<JobState> states() {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    for (String name : statuses) {
      JobState state = JobState.parse(name);
      if (state == null) {
        throw new ParameterException(
            spec.commandLine(),
            "There is no status "
                + name
                + ". Valid ones are "
                + Arrays.stream(JobState.values())
                    .map(JobState::text)
                    .collect(Collectors.joining(", "))
                + ".");
      }
      states.add(state);
    }
    return states;
  }

  /** How long a finished job took, or nothing. */
  static String seconds(Job job) {
    Long startedAt = job.startedAt();
    Long finishedAt = job.finishedAt();
    return startedAt == null || finishedAt == null
        ? ""
        : String.format(java.util.Locale.ROOT, "%.1f", (finishedAt - startedAt) / 1_000.0);
  }
}

package dev.tidemark.server.cli;

import dev.tidemark.server.admin.LibraryOperator;
import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.admin.Operators;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobChange;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Pauses, resumes or cancels a job. Exit status 2 when there is no such job, 1 when its state does
 * not allow it.
 */
abstract class JobWishCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(paramLabel = "ID", description = "Id of the job, as 'jobs' lists it.")
  private String id;

  private final LibraryOperator.JobWish wish;

  JobWishCommand(LibraryOperator.JobWish wish) {
    this.wish = wish;
  }

  @Command(
      name = "pause",
      description = "Stops a job for now; what it has stored stays.",
      mixinStandardHelpOptions = true)
  static final class Pause extends JobWishCommand {
    Pause() {
      super(LibraryOperator.JobWish.PAUSE);
    }
  }

  @Command(
      name = "resume",
      description = "Puts a paused job back into the queue.",
      mixinStandardHelpOptions = true)
  static final class Resume extends JobWishCommand {
    Resume() {
      super(LibraryOperator.JobWish.RESUME);
    }
  }

  @Command(name = "cancel", description = "Ends a job for good.", mixinStandardHelpOptions = true)
  static final class Cancel extends JobWishCommand {
    Cancel() {
      super(LibraryOperator.JobWish.CANCEL);
    }
  }

  @Override
  public Integer call() {
    try (Operator operator = Operators.open(data.existing(), Clock.systemUTC())) {
      return switch (operator.libraries().change(id, wish)) {
        case JobChange.Accepted accepted -> {
          Job job = accepted.job();
          spec.commandLine()
              .getOut()
              .println(job.library() + " " + job.version() + " is " + job.state().text() + ".");
          yield ExitCode.OK;
        }
        case JobChange.Refused refused -> {
          spec.commandLine().getErr().println(refused.why());
          yield ExitCode.SOFTWARE;
        }
        case JobChange.Missing missing -> {
          spec.commandLine().getErr().println("There is no job " + id + "; 'jobs' lists them.");
          yield ExitCode.USAGE;
        }
      };
    }
  }
}

package dev.tidemark.server.jobs;

import dev.tidemark.server.jobs.JobMachine.Step.Ignored;
import dev.tidemark.server.jobs.JobMachine.Step.Moved;
import dev.tidemark.server.jobs.JobMachine.Step.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Owner of all transitions of a job. Pure: the queue feeds it rows and inputs inside the writer's
 * transaction and stores what comes out.
 *
 * <pre>
 * input \ state  queued     running          paused     done      failed    cancelled
 * Claim          running    ignored          ignored    ignored   ignored   ignored
 * Report*        ignored    running          ignored    ignored   ignored   ignored
 * Complete*      ignored    done             ignored    ignored   ignored   ignored
 * Fail*          ignored    failed           ignored    ignored   ignored   ignored
 * GiveBack*      ignored    queued           ignored    ignored   ignored   ignored
 * LeaseOver      ignored    queued, failed** ignored    ignored   ignored   ignored
 * Pause          paused     paused           ignored    refused   refused   refused
 * Resume         ignored    ignored          queued     refused   refused   refused
 * Cancel         cancelled  cancelled        cancelled  refused   refused   ignored
 * </pre>
 *
 * <p>*) Only from the holder: an input with another claim number is ignored. **) Failed after
 * {@link #MAX_ATTEMPTS} attempts.
 *
 * <ol>
 *   <li>Worker and lease are set exactly while a job runs, the finishing time exactly once it is
 *       finished, the error exactly when it failed.
 *   <li>A finished job never changes again.
 *   <li>The claim number never falls and rises with every Claim.
 *   <li>Attempts count beginnings that ended with a dead holder: giving back takes one off,
 *       resuming begins to count anew.
 * </ol>
 */
final class JobMachine {
  /** A job that took its server down so often is not tried again. */
  static final int MAX_ATTEMPTS = 3;

  private JobMachine() {}

  /** What happens to a job. Times are epoch milliseconds. */
  sealed interface Input {

    /** A worker takes the job. */
    record Claim(int worker, long now, long leaseUntil) implements Input {}

    /** The holder lives on, and may say how far it is. */
    record Report(long claim, long leaseUntil, @Nullable JobProgress progress) implements Input {}

    record Complete(long claim, JobProgress progress, long now) implements Input {}

    record Fail(long claim, String error, @Nullable JobProgress progress, long now)
        implements Input {}

    /** The holder stops for a reason of its own, such as the end of the server. */
    record GiveBack(long claim) implements Input {}

    /** The holder has not been heard of for too long, or is known to be dead. */
    record LeaseOver(long now) implements Input {}

    record Pause() implements Input {}

    record Resume() implements Input {}

    record Cancel(long now) implements Input {}
  }

  /** What becomes of it. */
  sealed interface Step {
    record Moved(JobRow row) implements Step {}

    /** Nothing to do: it is so already, or the input comes too late. */
    record Ignored() implements Step {}

    /** Somebody asked for what the state does not allow; a sentence. */
    record Refused(String why) implements Step {}
  }

  static Step next(JobRow row, Input input) {
    return switch (input) {
      case Input.Claim claim -> claim(row, claim);
      case Input.Report report ->
          isHolder(row, report.claim())
              ? new Moved(running(row, report.progress(), report.leaseUntil()))
              : new Ignored();
      case Input.Complete complete ->
          isHolder(row, complete.claim())
              ? finished(row, JobState.DONE, complete.progress(), null, complete.now())
              : new Ignored();
      case Input.Fail fail ->
          isHolder(row, fail.claim())
              ? finished(row, JobState.FAILED, fail.progress(), fail.error(), fail.now())
              : new Ignored();
      case Input.GiveBack back ->
          isHolder(row, back.claim())
              ? waiting(row, JobState.QUEUED, row.job().attempts() - 1)
              : new Ignored();
      case Input.LeaseOver over -> leaseOver(row, over);
      case Input.Pause pause -> pause(row);
      case Input.Resume resume -> resume(row);
      case Input.Cancel cancel -> cancel(row, cancel);
    };
  }

  private static boolean isHolder(JobRow row, long claim) {
    return row.job().state() == JobState.RUNNING && row.claim() == claim;
  }

  private static Step claim(JobRow row, Input.Claim claim) {
    Job job = row.job();
    if (job.state() != JobState.QUEUED) {
      return new Ignored();
    }
    Long startedAt = job.startedAt();
    Job taken =
        with(
            job,
            JobState.RUNNING,
            progressOf(job),
            job.attempts() + 1,
            null,
            claim.worker(),
            startedAt == null ? claim.now() : startedAt,
            null);
    return new Moved(new JobRow(row.number(), taken, row.claim() + 1, claim.leaseUntil()));
  }

  private static JobRow running(JobRow row, @Nullable JobProgress progress, long leaseUntil) {
    Job job = row.job();
    Job further =
        with(
            job,
            JobState.RUNNING,
            progress == null ? progressOf(job) : progress,
            job.attempts(),
            null,
            job.worker(),
            job.startedAt(),
            null);
    return new JobRow(row.number(), further, row.claim(), leaseUntil);
  }

  private static Step leaseOver(JobRow row, Input.LeaseOver over) {
    Job job = row.job();
    if (job.state() != JobState.RUNNING) {
      return new Ignored();
    }
    if (job.attempts() < MAX_ATTEMPTS) {
      return waiting(row, JobState.QUEUED, job.attempts());
    }
    String error =
        "The server stopped "
            + job.attempts()
            + " times in the middle of this job, so it is not tried again.";
    return finished(row, JobState.FAILED, null, error, over.now());
  }

  private static Step pause(JobRow row) {
    return switch (row.job().state()) {
      case QUEUED, RUNNING -> waiting(row, JobState.PAUSED, row.job().attempts());
      case PAUSED -> new Ignored();
      case DONE, FAILED, CANCELLED -> isOver(row, "paused");
    };
  }

  private static Step resume(JobRow row) {
    return switch (row.job().state()) {
      case PAUSED -> waiting(row, JobState.QUEUED, 0);
      case QUEUED, RUNNING -> new Ignored();
      case DONE, FAILED, CANCELLED -> isOver(row, "resumed");
    };
  }

  private static Step cancel(JobRow row, Input.Cancel cancel) {
    return switch (row.job().state()) {
      case QUEUED, RUNNING, PAUSED -> finished(row, JobState.CANCELLED, null, null, cancel.now());
      case CANCELLED -> new Ignored();
      case DONE, FAILED -> isOver(row, "cancelled");
    };
  }

  private static Step isOver(JobRow row, String wish) {
    return new Refused(
        "The job is " + row.job().state().text() + " and cannot be " + wish + " any more.");
  }

  /** Nobody has it: queued or paused. */
  private static Step waiting(JobRow row, JobState state, int attempts) {
    Job job = row.job();
    Job waiting =
        with(job, state, progressOf(job), Math.max(0, attempts), null, null, job.startedAt(), null);
    return new Moved(new JobRow(row.number(), waiting, row.claim(), null));
  }

  private static Step finished(
      JobRow row,
      JobState state,
      @Nullable JobProgress progress,
      @Nullable String error,
      long now) {
    Job job = row.job();
    Job over =
        with(
            job,
            state,
            progress == null ? progressOf(job) : progress,
            job.attempts(),
            error,
            null,
            job.startedAt(),
            now);
    return new Moved(new JobRow(row.number(), over, row.claim(), null));
  }

  static JobProgress progressOf(Job job) {
    return new JobProgress(
        job.stage(),
        job.filesTotal(),
        job.filesDone(),
        job.filesSkipped(),
        job.snippets(),
        job.snippetsReused());
  }

  private static Job with(
      Job job,
      JobState state,
      JobProgress progress,
      int attempts,
      @Nullable String error,
      @Nullable Integer worker,
      @Nullable Long startedAt,
      @Nullable Long finishedAt) {
    return new Job(
        job.id(),
        job.library(),
        job.version(),
        state,
        progress.stage(),
        progress.filesTotal(),
        progress.filesDone(),
        progress.filesSkipped(),
        progress.snippets(),
        progress.snippetsReused(),
        attempts,
        error,
        worker,
        job.createdAt(),
        startedAt,
        finishedAt);
  }
}

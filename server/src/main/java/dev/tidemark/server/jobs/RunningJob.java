package dev.tidemark.server.jobs;

import org.jspecify.annotations.Nullable;

/** A job under way: what its task calls, and what the workers' housekeeping asks. */
final class RunningJob implements JobControl {
  private final Claim claim;
  private volatile JobProgress progress;
  private volatile @Nullable String stopReason;

  /** For the housekeeping thread alone. */
  private JobProgress reported;

  private long reportedAtNanos;

  RunningJob(Claim claim, long nowNanos) {
    this.claim = claim;
    this.progress = JobMachine.progressOf(claim.job());
    this.reported = progress;
    this.reportedAtNanos = nowNanos;
  }

  Claim claim() {
    return claim;
  }

  @Override
  public void checkpoint() throws JobStopped, InterruptedException {
    String reason = stopReason;
    if (reason != null) {
      throw new JobStopped(reason);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("the workers are stopping");
    }
  }

  @Override
  public void progress(
      String stage,
      long filesTotal,
      long filesDone,
      long filesSkipped,
      long snippets,
      long snippetsReused) {
    progress =
        new JobProgress(stage, filesTotal, filesDone, filesSkipped, snippets, snippetsReused);
  }

  JobProgress latest() {
    return progress;
  }

  /** Makes the next {@link #checkpoint} end the task. */
  void stop(String reason) {
    stopReason = reason;
  }

  boolean isStopped() {
    return stopReason != null;
  }

  /** What is to be reported now: news, or a sign of life when the lease wants one; else null. */
  JobQueue.@Nullable Report due(long nowNanos, long renewNanos) {
    JobProgress latest = progress;
    boolean news = !latest.equals(reported);
    if (isStopped() || (!news && nowNanos - reportedAtNanos < renewNanos)) {
      return null;
    }
    reported = latest;
    reportedAtNanos = nowNanos;
    return new JobQueue.Report(claim, news ? latest : null);
  }
}

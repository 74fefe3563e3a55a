package dev.tidemark.server.library;

import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobControl;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.jobs.JobStopped;
import java.util.ArrayList;
import java.util.List;

/** Stands for the queue: counts down the checkpoints after which the job is stopped. */
public final class TestControl implements JobControl {

  /** One report of progress. */
  public record Report(
      String stage, long total, long done, long skipped, long snippets, long reused) {}

  private final List<Report> reports = new ArrayList<>();
  private int checkpointsLeft;

  public TestControl() {
    this(Integer.MAX_VALUE);
  }

  public TestControl(int checkpointsLeft) {
    this.checkpointsLeft = checkpointsLeft;
  }

  public static Job job(String library, String version) {
    return new Job(
        "job", library, version, JobState.RUNNING, "", 0, 0, 0, 0, 0, 1, null, 0, 0, 0L, null);
  }

  @Override
  public synchronized void checkpoint() throws JobStopped {
    if (checkpointsLeft-- <= 0) {
      throw new JobStopped("paused by the test");
    }
  }

  @Override
  public synchronized void progress(
      String stage, long total, long done, long skipped, long snippets, long reused) {
    reports.add(new Report(stage, total, done, skipped, snippets, reused));
  }

  /** The latest report. */
  public synchronized Report last() {
    return reports.getLast();
  }
}

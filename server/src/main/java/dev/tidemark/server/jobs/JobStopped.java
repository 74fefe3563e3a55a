package dev.tidemark.server.jobs;

/** The job is no longer this worker's to do. No failure: what it stored stays. */
public final class JobStopped extends Exception {
  private static final long serialVersionUID = 1L;

  public JobStopped(String why) {
    super(why, null, false, false);
  }
}

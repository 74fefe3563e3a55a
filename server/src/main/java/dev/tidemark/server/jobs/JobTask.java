package dev.tidemark.server.jobs;

/** What a job does. Given by the node; runs on a worker's platform thread. */
@FunctionalInterface
public interface JobTask {

  /**
   * Does the work of a job to its end. May be run again after it was stopped or the server died:
   * what is stored already must cost little the second time.
   *
   * @throws JobFailed when the job cannot be done; its message is shown to people
   * @throws JobStopped passed on from {@link JobControl#checkpoint}
   * @throws InterruptedException when the workers stop
   */
  void run(Job job, JobControl control) throws JobFailed, JobStopped, InterruptedException;
}

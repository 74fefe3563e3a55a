package dev.tidemark.server.jobs;

/** How a running task hears from its queue and reports to it. Callable from any thread. */
public interface JobControl {

  /**
   * To be called between batches. Returns at once while the job may go on.
   *
   * @throws JobStopped when the job was paused or cancelled, when its lease is lost, or when the
   *     workers are stopping: the task must end without writing more
   */
  void checkpoint() throws JobStopped, InterruptedException;

  /**
   * Says how far the job is. Cheap: listeners hear of it at once, the table gets the latest state
   * at most every 250 ms, from the worker's housekeeping.
   *
   * @param stage one word for people, such as {@code fetching} or {@code splitting}
   */
  void progress(
      String stage,
      long filesTotal,
      long filesDone,
      long filesSkipped,
      long snippets,
      long snippetsReused);
}

package dev.tidemark.server.jobs;

/** What became of a wish to pause, resume or cancel a job. */
public sealed interface JobChange {

  /** Durable: the job stands as wished, now or already before. */
  record Accepted(Job job) implements JobChange {}

  /** The job's state does not allow it; {@code why} is a sentence. */
  record Refused(Job job, String why) implements JobChange {}

  record Missing() implements JobChange {}
}

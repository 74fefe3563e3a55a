package dev.tidemark.server.jobs;

import org.jspecify.annotations.Nullable;

/**
 * One version of a library that is to be indexed, and how far that got. Times are epoch
 * milliseconds.
 *
 * @param library id of the library
 * @param version name of the version
 * @param stage what is being done, one word for people; empty before the first progress
 * @param filesDone files dealt with so far, the skipped ones among them
 * @param snippetsReused how many of the snippets were stored already
 * @param attempts how often a worker has begun it; more than one after a crash
 * @param error why it failed, one sentence; null in every other state
 * @param worker index of the worker that has it, null when none has
 */
public record Job(
    String id,
    String library,
    String version,
    JobState state,
    String stage,
    long filesTotal,
    long filesDone,
    long filesSkipped,
    long snippets,
    long snippetsReused,
    int attempts,
    @Nullable String error,
    @Nullable Integer worker,
    long createdAt,
    @Nullable Long startedAt,
    @Nullable Long finishedAt) {

  /** Share of the files that are dealt with, 0 to 100; 100 only when the job is done. */
  public int progress() {
    if (state == JobState.DONE) {
      return 100;
    }
    return filesTotal <= 0 ? 0 : Math.clamp(filesDone * 100 / filesTotal, 0, 99);
  }
}

package dev.tidemark.server.library;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobControl;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.jobs.JobTask;
import dev.tidemark.server.library.git.GitFailed;
import dev.tidemark.server.library.git.GitListing;
import dev.tidemark.server.library.git.GitRepository;
import dev.tidemark.server.library.git.GitTag;
import dev.tidemark.server.library.split.SkipReason;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Indexes one version of a library. Runs on the workers of the jobs room, several at a time. May be
 * stopped anywhere and run again: what is stored by then is found again and costs next to nothing.
 */
public final class IndexTask implements JobTask, AutoCloseable {
  private final Libraries libraries;
  private final BlobClaims claims = new BlobClaims();
  private final BatchSize batchSize = new BatchSize();
  private final ExecutorService parsers;

  /**
   * Starts the parse workers: pure processor work, half the processors, the other half is left to
   * those who wait for an answer.
   */
  public IndexTask(Libraries libraries) {
    this.libraries = libraries;
    this.parsers =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().name("split-", 0).daemon().factory());
  }

  @Override
  public void run(Job job, JobControl control) throws JobFailed, JobStopped, InterruptedException {
    try {
      fetch(job, control);
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.BUSY) {
        throw new JobStopped("the server is stopping or has too much to do");
      }
      if (e.kind() == DatabaseException.Kind.STORAGE_FULL) {
        throw new JobFailed("The server's disk is full; what was indexed so far stays.", e);
      }
      throw new JobFailed(String.valueOf(e.getMessage()), e);
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof SQLException refused) { // one statement, not the whole disk
        throw new JobFailed("Writing the database failed: " + refused.getMessage(), e);
      }
      throw e;
    }
    libraries.sweeper().request();
  }

  private void fetch(Job job, JobControl control)
      throws JobFailed, JobStopped, InterruptedException {
    Library library = libraries.find(job.library());
    if (library == null) {
      throw gone();
    }
    if (library.version(job.version()) == null) {
      throw new JobFailed("The library has no version of this name (any more).");
    }
    control.progress("fetching", 0, 0, 0, 0, 0);
    StopSignal stop = new StopSignal(control);
    try (GitRepository repository =
        libraries.repositories().open(library.id(), library.source(), job.version(), stop::asked)) {
      index(library, job.version(), repository, control);
    } catch (GitFailed e) {
      stop.rethrow();
      throw new JobFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private void index(Library library, String version, GitRepository repository, JobControl control)
      throws GitFailed, JobFailed, JobStopped, InterruptedException {
    GitTag tag = repository.tag(version);
    if (tag == null) {
      throw new JobFailed(
          "The repository has no such tag (any more), or it does not lead to a commit.");
    }
    control.checkpoint();
    TreeStore store = libraries.store();
    String rules = libraries.files().id() + library.paths().stored();
    switch (store.begin(library.id(), tag, rules, libraries.clock().millis())) {
      case TreeStore.Begin.Gone gone -> throw gone();
      case TreeStore.Begin.Complete complete ->
          control.progress(
              "unchanged",
              complete.files(),
              complete.files(),
              0,
              complete.snippets(),
              complete.snippets());
      case TreeStore.Begin.Open open -> fill(open.tree(), library, tag, repository, control);
    }
  }

  private void fill(
      long tree, Library library, GitTag tag, GitRepository repository, JobControl control)
      throws GitFailed, JobFailed, JobStopped, InterruptedException {
    try (Sweeper.InUse inUse = libraries.sweeper().use(tree)) {
      TreeStore store = libraries.store();
      GitListing listing =
          repository.list(tag.commit(), libraries.files(), library.paths().filter()::takes);
      IndexRun run =
          new IndexRun(store, claims, parsers, control, repository, batchSize, inUse.tree());
      int passedOver = run.run(listing);
      control.checkpoint();
      int entries = listing.files().size();
      boolean there =
          store.complete(
              tree,
              library.id(),
              tag.name(),
              entries,
              entries - passedOver,
              store.countSnippets(tree),
              describe(listing.skipped(), passedOver),
              libraries.clock().millis());
      if (!there) {
        throw gone();
      }
      run.reportDone();
    }
  }

  /** For the tree's row: {@code symbolic link 2, submodule 1, content 3}. */
  private static @Nullable String describe(Map<SkipReason, Integer> skipped, int content) {
    Map<String, Integer> counts = new TreeMap<>();
    skipped.forEach((reason, count) -> counts.put(reason.text(), count));
    if (content > 0) {
      counts.put("content", content);
    }
    StringBuilder text = new StringBuilder();
    counts.forEach((reason, count) ->
        text.append(text.isEmpty() ? "" : ", ").append(reason).append(' ').append(count));
    return text.isEmpty() ? null : text.toString();
  }

  static JobFailed gone() {
    return new JobFailed("The library was removed.");
  }

  /** Lets a fetch ask whether it is to stop, and remembers why. */
  private static final class StopSignal {
    private final JobControl control;
    private volatile @Nullable Exception reason;

    StopSignal(JobControl control) {
      this.control = control;
    }

    boolean asked() {
      try {
        control.checkpoint();
        return false;
      } catch (JobStopped | InterruptedException e) {
        reason = e;
        return true;
      }
    }

    void rethrow() throws JobStopped, InterruptedException {
      Exception stopped = reason;
      if (stopped instanceof JobStopped jobStopped) {
        throw jobStopped;
      }
      if (stopped instanceof InterruptedException interrupted) {
        throw interrupted;
      }
    }
  }

  /** Ends the parse workers; jobs have ended before. */
  @Override
  public void close() {
    parsers.shutdownNow();
  }
}

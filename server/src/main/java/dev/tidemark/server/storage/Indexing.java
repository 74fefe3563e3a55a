package dev.tidemark.server.storage;

import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobFeed;
import dev.tidemark.server.jobs.JobQueue;
import dev.tidemark.server.jobs.JobWorkers;
import dev.tidemark.server.jobs.WorkerStatus;
import dev.tidemark.server.library.IndexTask;
import dev.tidemark.server.library.Libraries;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.source.LibraryRules;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Libraries with the jobs that index them: what both need of each other. The workers start when
 * they are told to, so that a command that only lists something starts none. Thread-safe.
 */
public final class Indexing implements AutoCloseable {
  private static final Duration REMOVAL_PATIENCE = Duration.ofSeconds(20);

  /** Folder in the data folder with copies of remote repositories. */
  private static final String MIRRORS = "mirrors";

  private final JobQueue jobs;
  private final Libraries libraries;
  private final JobFeed feed;
  private final IndexSettings settings;
  private final IndexTask task;
  private final List<Consumer<String>> onRemoved = new CopyOnWriteArrayList<>();
  private @Nullable JobWorkers workers;

  public Indexing(Storage storage, IndexSettings settings, Clock clock) {
    this.settings = settings;
    jobs = storage.jobs();
    feed = new JobFeed(jobs);
    libraries =
        new Libraries(
            storage.writer(),
            storage.readers(),
            clock,
            new LibraryRules(settings.allowedFolders()),
            storage.folder().path().resolve(MIRRORS));
    task = new IndexTask(libraries);
  }

  public JobQueue jobs() {
    return jobs;
  }

  public JobFeed feed() {
    return feed;
  }

  public Libraries libraries() {
    return libraries;
  }

  /**
   * Takes back what a dead process had under way and begins to work; does nothing a second time.
   */
  public synchronized void start() {
    if (workers == null && settings.workers() > 0) {
      libraries.tidyUp();
      workers = new JobWorkers(jobs, task, settings.workers(), feed::workersChanged);
    }
  }

  /** What the workers do, by their index. */
  public synchronized List<WorkerStatus> workers() {
    return workers == null ? List.of() : workers.statuses();
  }

  /** What became of the wish to index some versions. */
  public sealed interface Wish {
    record Enqueued(List<Job> jobs) implements Wish {}

    record NoSuchLibrary() implements Wish {}

    /** Nothing was enqueued: the library has no such versions. */
    record NoSuchVersions(Library library, Set<String> names) implements Wish {}
  }

  /** Enqueues versions of a library by their names; those that wait already stay as they are. */
  public Wish index(String library, List<String> versions) {
    Library found = libraries.find(library);
    if (found == null) {
      return new Wish.NoSuchLibrary();
    }
    Set<String> unknown = new LinkedHashSet<>(versions);
    found.versions().forEach(version -> unknown.remove(version.name()));
    return unknown.isEmpty()
        ? new Wish.Enqueued(jobs.enqueueAll(library, List.copyOf(new LinkedHashSet<>(versions))))
        : new Wish.NoSuchVersions(found, unknown);
  }

  /** What became of the wish to remove a library. */
  public enum Removal {
    REMOVED,
    MISSING,
    /** A worker did not leave it in time; its jobs are cancelled, so that trying again helps. */
    BUSY
  }

  /** Who hears of each library that was removed, by its id. */
  public void onRemoved(Consumer<String> listener) {
    onRemoved.add(listener);
  }

  /** Cancels a library's jobs, waits until no worker is at it, and removes it. */
  public Removal remove(String library) throws InterruptedException {
    if (libraries.find(library) == null) {
      return Removal.MISSING;
    }
    if (!jobs.cancelAllOf(library, REMOVAL_PATIENCE)) {
      return Removal.BUSY;
    }
    if (!libraries.remove(library)) {
      return Removal.MISSING;
    }
    onRemoved.forEach(listener -> listener.accept(library));
    return Removal.REMOVED;
  }

  /** Tells the workers to end soon; {@link #close} waits for them. */
  public synchronized void stop() {
    feed.close();
    if (workers != null) {
      workers.stop();
    }
  }

  @Override
  public synchronized void close() {
    feed.close();
    if (workers != null) {
      workers.close();
    }
    task.close();
  }
}

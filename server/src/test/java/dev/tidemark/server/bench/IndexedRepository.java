package dev.tidemark.server.bench;

import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobControl;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.library.IndexTask;
import dev.tidemark.server.library.Libraries;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.library.git.GitFailed;
import dev.tidemark.server.library.git.GitLimits;
import dev.tidemark.server.library.git.GitRepositories;
import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.node.Node;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A library on a node, its newest tags the oldest first, and the task that indexes them. */
final class IndexedRepository implements AutoCloseable {
  static final int JOBS_AT_ONCE = 4;

  private final LibraryRules rules;
  private final Path folder;
  private final Library library;
  private final IndexTask task;
  private final List<LibraryVersion> tags;

  /**
   * Adds a repository and lists its tags.
   *
   * @param allowed folders that it lives in and borrows from
   * @param limit how many tags are looked at
   */
  IndexedRepository(Node node, Path data, Path repository, List<Path> allowed, int limit)
      throws InterruptedException {
    rules = new LibraryRules(allowed);
    folder = data.resolve("bench-repositories");
    Libraries libraries =
        new Libraries(
            node.storage().writer(), node.storage().readers(), Clock.systemUTC(), rules, folder);
    task = new IndexTask(libraries);
    if (!(libraries.add(repository.toString(), null) instanceof Libraries.AddOutcome.Added added)
        || !(libraries.discover(added.library().id())
            instanceof Libraries.Discovery.Discovered found)) {
      throw new IllegalStateException("cannot read " + repository);
    }
    library = found.library();
    List<LibraryVersion> newest =
        new ArrayList<>(library.versions().subList(0, Math.min(limit, library.versions().size())));
    Collections.reverse(newest);
    tags = List.copyOf(newest);
  }

  List<LibraryVersion> tags() {
    return tags;
  }

  /** The neighbouring tags that differ in about 5 % of their files. */
  TagChoice choose() throws GitFailed, InterruptedException {
    GitRepositories repositories = new GitRepositories(folder, rules, GitLimits.DEFAULT);
    return TagChoice.among(tags, repositories, library.id(), library.source());
  }

  Numbers index(LibraryVersion tag) throws JobFailed, JobStopped, InterruptedException {
    Numbers numbers = new Numbers();
    String id = library.id();
    task.run(
        new Job(
            "bench", id, tag.name(), JobState.RUNNING, "", 0, 0, 0, 0, 0, 1, null, 0, 0, 0L, null),
        numbers);
    return numbers;
  }

  void indexAll(List<LibraryVersion> versions) throws InterruptedException, ExecutionException {
    try (ExecutorService jobs =
        Executors.newFixedThreadPool(JOBS_AT_ONCE, Thread.ofPlatform().name("job-", 0).factory())) {
      List<Callable<Numbers>> calls = new ArrayList<>();
      for (LibraryVersion version : versions) {
        calls.add(() -> index(version));
      }
      for (Future<Numbers> done : jobs.invokeAll(calls)) {
        done.get();
      }
    }
  }

  @Override
  public void close() {
    task.close();
  }

  /** The latest numbers of one job. */
  static final class Numbers implements JobControl {
    private volatile long files;
    private volatile long snippets;
    private volatile long reused;

    long files() {
      return files;
    }

    long snippets() {
      return snippets;
    }

    long added() {
      return snippets - reused;
    }

    @Override
    public void checkpoint() {
      // never stopped
    }

    @Override
    public void progress(
        String stage, long total, long done, long skipped, long snippets, long reused) {
      this.files = done;
      this.snippets = snippets;
      this.reused = reused;
    }
  }
}

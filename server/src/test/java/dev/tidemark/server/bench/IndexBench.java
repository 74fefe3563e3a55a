package dev.tidemark.server.bench;

import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobControl;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobState;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.library.IndexTask;
import dev.tidemark.server.library.Libraries;
import dev.tidemark.server.library.Library;
import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.node.Node;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Indexing of a repository's tags: the first, the next one, one that is unchanged, many at once,
 * and what people who write notice of it. Given a bare repository it takes its newest tags; without
 * one it makes a repository of which each tag changes 5 % of the files.
 */
final class IndexBench {
  private static final int TAGS = 24;
  private static final int JOBS_AT_ONCE = 4;
  private static final long APPEND_EVERY_NANOS = 4_000_000;
  private static final int IDLE_APPENDS = 1_500;

  private IndexBench() {}

  /** The latest numbers of one job. */
  private static final class Numbers implements JobControl {
    private volatile long files;
    private volatile long snippets;
    private volatile long reused;

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

  static void run(@Nullable Path given)
      throws IOException, InterruptedException, JobFailed, JobStopped, ExecutionException {
    Path folder = Files.createTempDirectory("tidemark-index");
    try {
      Path repository =
          given == null ? GeneratedRepository.make(folder.resolve("r.git"), TAGS, 7) : given;
      System.out.println(
          "index: " + (given == null ? "a generated repository" : given.getFileName()));
      oneAfterTheOther(repository.toRealPath());
      besideAppends(repository.toRealPath());
    } finally {
      BenchMain.delete(folder);
    }
  }

  private static void oneAfterTheOther(Path repository)
      throws IOException, InterruptedException, JobFailed, JobStopped, ExecutionException {
    Path data = Files.createTempDirectory("tidemark-bench");
    try (Node node = node(data);
        Setup setup = new Setup(node, data, repository)) {
      // Code that was never run is slow, and the second tag would be compared with that.
      Path warm = GeneratedRepository.make(data.resolve("warm.git"), 2, 8);
      try (Setup other = new Setup(node, data, warm)) {
        other.index(other.tags.getFirst());
        other.index(other.tags.get(1));
      }
      List<LibraryVersion> tags = setup.tags;
      double first = line("first tag " + tags.get(0).name(), setup, tags.get(0), 0);
      line("second tag " + tags.get(1).name(), setup, tags.get(1), first);
      line("the second tag again, unchanged", setup, tags.get(1), first);
      manyAtOnce(setup, tags.subList(2, tags.size()));
    } finally {
      BenchMain.delete(data);
    }
  }

  private static double line(String what, Setup setup, LibraryVersion tag, double first)
      throws JobFailed, JobStopped, InterruptedException {
    double cpu = Cpu.micros();
    long start = System.nanoTime();
    Numbers numbers = setup.index(tag);
    double seconds = (System.nanoTime() - start) / 1e9;
    print(
        "%-44s %8.3f s  cpu %7.3f s  %,6d files  %,7d snippets, %,7d new  %,8.0f new/s%s",
        what,
        seconds,
        (Cpu.micros() - cpu) / 1e6,
        numbers.files,
        numbers.snippets,
        numbers.snippets - numbers.reused,
        (numbers.snippets - numbers.reused) / seconds,
        first == 0
            ? ""
            : String.format(
                Locale.ROOT, "  %.1f %% of the first tag's time", 100 * seconds / first));
    return seconds;
  }

  private static void manyAtOnce(Setup setup, List<LibraryVersion> tags)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    setup.indexAll(tags);
    double seconds = (System.nanoTime() - start) / 1e9;
    print(
        "%-44s %8.3f s  %.1f tags/s",
        tags.size() + " further tags, " + JOBS_AT_ONCE + " at once",
        seconds,
        tags.size() / seconds);
  }

  private static void besideAppends(Path repository)
      throws IOException, InterruptedException, ExecutionException {
    Path data = Files.createTempDirectory("tidemark-bench");
    try (Node node = node(data);
        Setup setup = new Setup(node, data, repository)) {
      Workspace workspace = new Workspace(node);
      appends(node, workspace, new Samples(), new AtomicBoolean(), IDLE_APPENDS);
      Samples idle = new Samples();
      appends(node, workspace, idle, new AtomicBoolean(), IDLE_APPENDS);
      Samples beside = new Samples();
      AtomicBoolean over = new AtomicBoolean();
      Thread appender =
          Thread.ofPlatform()
              .start(() -> appends(node, workspace, beside, over, Integer.MAX_VALUE));
      long start = System.nanoTime();
      setup.indexAll(setup.tags);
      double seconds = (System.nanoTime() - start) / 1e9;
      over.set(true);
      appender.join();
      print(
          "appends one at a time: idle p50 %.1f p99 %.1f ms; beside %d jobs (%d tags in %.1f s) p50"
              + " %.1f p99 %.1f ms, longest %.1f ms   goal: p99 <= idle + 15 ms",
          idle.percentileMillis(0.5),
          idle.percentileMillis(0.99),
          JOBS_AT_ONCE,
          setup.tags.size(),
          seconds,
          beside.percentileMillis(0.5),
          beside.percentileMillis(0.99),
          beside.percentileMillis(1));
    } finally {
      BenchMain.delete(data);
    }
  }

  private static void appends(
      Node node, Workspace workspace, Samples samples, AtomicBoolean over, int count) {
    for (int i = 0; i < count && !over.get(); i++) {
      long start = System.nanoTime();
      workspace.append(node, workspace.message());
      samples.add(System.nanoTime() - start);
      LockSupport.parkNanos(APPEND_EVERY_NANOS);
    }
  }

  private static Node node(Path data) {
    return new Node(
        new NodeSettings(data, new HttpSettings("127.0.0.1", 0, null), StreamLimits.DEFAULT),
        Clock.systemUTC());
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is in a library that we do not have
  private static void print(String format, @Nullable Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** A library on a node, its newest tags the oldest first. */
  private static final class Setup implements AutoCloseable {
    private final String id;
    private final IndexTask task;
    private final List<LibraryVersion> tags;

    Setup(Node node, Path data, Path repository) throws InterruptedException {
      Libraries libraries =
          new Libraries(
              node.storage().writer(),
              node.storage().readers(),
              Clock.systemUTC(),
              new LibraryRules(List.of(repository)),
              data.resolve("bench-repositories"));
      task = new IndexTask(libraries);
      if (!(libraries.add(repository.toString(), null) instanceof Libraries.AddOutcome.Added added)
          || !(libraries.discover(added.library().id())
              instanceof Libraries.Discovery.Discovered found)) {
        throw new IllegalStateException("cannot read " + repository);
      }
      Library library = found.library();
      id = library.id();
      List<LibraryVersion> newest =
          new ArrayList<>(library.versions().subList(0, Math.min(TAGS, library.versions().size())));
      Collections.reverse(newest);
      tags = newest;
    }

    Numbers index(LibraryVersion tag) throws JobFailed, JobStopped, InterruptedException {
      Numbers numbers = new Numbers();
      task.run(
          new Job(
              "bench",
              id,
              tag.name(),
              JobState.RUNNING,
              "",
              0,
              0,
              0,
              0,
              0,
              1,
              null,
              0,
              0,
              0L,
              null),
          numbers);
      return numbers;
    }

    void indexAll(List<LibraryVersion> versions) throws InterruptedException, ExecutionException {
      try (ExecutorService jobs =
          Executors.newFixedThreadPool(
              JOBS_AT_ONCE, Thread.ofPlatform().name("job-", 0).factory())) {
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
  }
}

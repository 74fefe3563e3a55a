package dev.tidemark.server.bench;

import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.jobs.JobFailed;
import dev.tidemark.server.jobs.JobStopped;
import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.library.git.GitFailed;
import dev.tidemark.server.node.Node;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Indexing of a repository's tags: one, the next one, one that is unchanged, many at once, and what
 * people who write notice of it. Given a bare repository it takes its newest tags; without one it
 * makes a repository of which each tag changes 5 % of the files. Each round begins with an empty
 * database, so that no round finds what another has stored.
 */
final class IndexBench {
  private static final int TAGS = 24;
  private static final int ROUNDS = 7;
  private static final int ROUNDS_BESIDE = 3;
  private static final long APPEND_EVERY_NANOS = 4_000_000;
  private static final int IDLE_APPENDS = 1_500;

  private final Path repository;
  private final List<Path> allowed;

  private IndexBench(Path repository, List<Path> allowed) {
    this.repository = repository;
    this.allowed = List.copyOf(allowed);
  }

  static void run(@Nullable Path given)
      throws IOException,
          InterruptedException,
          JobFailed,
          JobStopped,
          GitFailed,
          ExecutionException {
    Path folder = Files.createTempDirectory("tidemark-index").toRealPath();
    try {
      Path real = given == null ? null : given.toRealPath();
      Path repository;
      if (real == null) {
        repository = GeneratedRepository.make(folder.resolve("r.git"), TAGS, 7);
      } else if (TaggedCopy.hasTags(real)) {
        repository = real;
      } else {
        repository = TaggedCopy.make(real, folder.resolve("tagged.git"), TAGS);
      }
      print("index: %s", real == null ? "a generated repository" : real);
      IndexBench bench =
          new IndexBench(repository, real == null ? List.of(folder) : List.of(folder, real));
      bench.pairs();
      bench.manyAtOnce();
      for (int round = 0; round < ROUNDS_BESIDE; round++) {
        bench.besideAppends();
      }
    } finally {
      BenchMain.delete(folder);
    }
  }

  /** Something to be measured on a fresh node. */
  @FunctionalInterface
  private interface Measured {
    void on(Node node, IndexedRepository indexed)
        throws JobFailed, JobStopped, GitFailed, InterruptedException, ExecutionException;
  }

  private void fresh(Measured measured)
      throws IOException,
          InterruptedException,
          JobFailed,
          JobStopped,
          GitFailed,
          ExecutionException {
    Path data = Files.createTempDirectory("tidemark-bench");
    try (Node node =
            new Node(
                new NodeSettings(
                    data, new HttpSettings("127.0.0.1", 0, null), StreamLimits.DEFAULT),
                Clock.systemUTC());
        IndexedRepository indexed = new IndexedRepository(node, data, repository, allowed, TAGS)) {
      measured.on(node, indexed);
    } finally {
      BenchMain.delete(data);
    }
  }

  /** The second tag against the first. The first round is shown, but warms up only. */
  private void pairs()
      throws IOException,
          InterruptedException,
          JobFailed,
          JobStopped,
          GitFailed,
          ExecutionException {
    List<Double> firsts = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> cpuShares = new ArrayList<>();
    List<Double> unchanged = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      boolean warm = i > 0;
      fresh((node, indexed) -> {
        TagChoice pair = indexed.choose();
        if (!warm) {
          print(
              "%s, then %s: %.1f %% of its files differ, with %.1f %% of its text",
              pair.first().name(),
              pair.second().name(),
              100 * pair.fileShare(),
              100 * pair.textShare());
        }
        Took first = line(warm ? "first tag" : "first tag, cold", indexed, pair.first());
        Took second = line("second tag", indexed, pair.second());
        Took again = line("second tag again, unchanged", indexed, pair.second());
        if (warm) {
          firsts.add(first.seconds());
          seconds.add(second.seconds());
          shares.add(100 * second.seconds() / first.seconds());
          cpuShares.add(100 * second.cpuSeconds() / first.cpuSeconds());
          unchanged.add(1_000 * again.seconds());
        }
      });
    }
    print(
        "medians of %d rounds: first %.3f s, second %.3f s, %.1f %% of the first's time (%s), again"
            + " %.1f ms   goal: 15 %% where 5 %% of the files differ\n"
            + "of the first's processor time, which a busy machine changes less: %.1f %% (%s)",
        firsts.size(),
        median(firsts),
        median(seconds),
        median(shares),
        text(shares),
        median(unchanged),
        median(cpuShares),
        text(cpuShares));
  }

  private record Took(double seconds, double cpuSeconds) {}

  private static Took line(String what, IndexedRepository indexed, LibraryVersion tag)
      throws JobFailed, JobStopped, InterruptedException {
    double cpu = Cpu.micros();
    long start = System.nanoTime();
    IndexedRepository.Numbers numbers = indexed.index(tag);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (Cpu.micros() - cpu) / 1e6;
    print(
        "  %-28s %8.3f s  cpu %7.3f s  %,6d files  %,7d snippets, %,7d new  %,8.0f new/s",
        what,
        seconds,
        cpuSeconds,
        numbers.files(),
        numbers.snippets(),
        numbers.added(),
        numbers.added() / seconds);
    return new Took(seconds, cpuSeconds);
  }

  private void manyAtOnce()
      throws IOException,
          InterruptedException,
          JobFailed,
          JobStopped,
          GitFailed,
          ExecutionException {
    fresh((node, indexed) -> {
      long start = System.nanoTime();
      indexed.indexAll(indexed.tags());
      double seconds = (System.nanoTime() - start) / 1e9;
      print(
          "%d tags, %d at once: %.3f s, %.1f tags/s",
          indexed.tags().size(),
          IndexedRepository.JOBS_AT_ONCE,
          seconds,
          indexed.tags().size() / seconds);
    });
  }

  private void besideAppends()
      throws IOException,
          InterruptedException,
          JobFailed,
          JobStopped,
          GitFailed,
          ExecutionException {
    fresh((node, indexed) -> {
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
      indexed.indexAll(indexed.tags());
      double seconds = (System.nanoTime() - start) / 1e9;
      over.set(true);
      appender.join();
      Samples after = new Samples();
      appends(node, workspace, after, new AtomicBoolean(), IDLE_APPENDS);
      print(
          "appends one at a time: idle p50 %.1f p99 %.1f ms before, p99 %.1f ms after; beside %d"
              + " jobs (%d tags in %.1f s) p50 %.1f p99 %.1f ms, longest %.1f ms   goal: p99 <="
              + " idle + 15 ms",
          idle.percentileMillis(0.5),
          idle.percentileMillis(0.99),
          after.percentileMillis(0.99),
          IndexedRepository.JOBS_AT_ONCE,
          indexed.tags().size(),
          seconds,
          beside.percentileMillis(0.5),
          beside.percentileMillis(0.99),
          beside.percentileMillis(1));
    });
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

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String text(List<Double> values) {
    return String.join(
        ", ", values.stream().map(value -> String.format(Locale.ROOT, "%.1f", value)).toList());
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is in a library that we do not have
  private static void print(String format, @Nullable Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}

package dev.tidemark.server.library.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Packs a mirror anew: each fetched tag leaves a pack, and looking for an object asks them all. For
 * callers that know that nobody reads the mirror, because packs are deleted at once.
 */
final class MirrorTidying {
  static final int MAX_PACKS = 20;
  private static final int MAX_LOOSE_OBJECTS = 2_000;
  private static final Duration MAX_DURATION = Duration.ofMinutes(2);

  private MirrorTidying() {}

  /** Whether there are many packs or loose objects. */
  static boolean isDue(Mirror mirror) throws IOException {
    GC.RepoStatistics statistics = new GC(mirror).getStatistics();
    return statistics.numberOfPackFiles > MAX_PACKS
        || statistics.numberOfLooseObjects > MAX_LOOSE_OBJECTS;
  }

  /**
   * Makes one pack of all, without what no tag leads to any more.
   *
   * @param stopped asked while it works; true ends it, which leaves the mirror as it was
   * @throws IOException when it could not be done; the mirror is as good as before
   */
  static void run(Mirror mirror, BooleanSupplier stopped) throws IOException {
    long end = System.nanoTime() + MAX_DURATION.toNanos();
    GC gc = new GC(mirror);
    PackConfig config = new PackConfig(mirror);
    config.setThreads(1); // the other processors are for those who wait for an answer
    gc.setPackConfig(config);
    gc.setExpireAgeMillis(0);
    gc.setPackExpireAgeMillis(0);
    gc.setProgressMonitor(
        new EmptyProgressMonitor() {
          @Override
          public boolean isCancelled() {
            return stopped.getAsBoolean() || System.nanoTime() > end;
          }
        });
    try {
      gc.gc().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ParseException
        | GitAPIException
        | ExecutionException
        | CompletionException
        | CancellationException e) {
      throw new IOException("The mirror cannot be packed anew.", e);
    }
  }

  /** What the files of a folder take; files that vanish meanwhile count nothing. */
  static long bytesOf(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      long bytes = 0;
      for (Path path : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        bytes += sizeOf(path);
      }
      return bytes;
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}

package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.LibraryRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * Fetches remote repositories into mirrors below the data folder. Listing tags costs no trees and
 * no files; a tag is fetched without history, and only what the mirror does not have yet. Fetches
 * of one library wait for each other, reading goes on beside them. Before a fetch a mirror of many
 * packs is packed anew, unless somebody reads it.
 */
final class RemoteRepositories {
  /** What one library may always take: less than that is no copy of anything. */
  private static final long MEGABYTE = 1L << 20;

  private final Path folder;
  private final RemoteHost host;
  private final GitLimits limits;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Set<String> cleared = ConcurrentHashMap.newKeySet();

  /** How many read a library's mirror; counted up under its lock only. */
  private final Map<String, Integer> readers = new ConcurrentHashMap<>();

  RemoteRepositories(Path folder, LibraryRules rules, GitLimits limits) {
    this.folder = folder;
    this.host = new RemoteHost(rules);
    this.limits = limits;
  }

  /**
   * The tags that the host tells of, with the times of their commits where it serves commits alone.
   *
   * @throws GitFailed when the host cannot be reached or refuses
   */
  List<GitTag> tags(String library, URI source) throws GitFailed, InterruptedException {
    Path scratch = scratchOf(library);
    ReentrantLock lock = lock(library);
    try {
      Mirror.delete(scratch);
      try (Mirror repository = Mirror.open(scratch, limits.objectBytes())) {
        FetchMonitor monitor =
            new FetchMonitor(limits.objects(), FetchMonitor.LISTING, () -> false);
        List<Ref> refs =
            host.tags(repository, source, limits.tags(), budgetOfOneFetch(monitor, repository));
        Map<String, Long> times = commitTimes(repository, source, monitor, refs);
        List<GitTag> tags = new ArrayList<>();
        for (Ref ref : refs) {
          String commit = peeled(ref);
          // Where commits came, a tag without one leads to a file or a folder.
          if (times.isEmpty() || times.containsKey(commit)) {
            String name = ref.getName().substring(Constants.R_TAGS.length());
            tags.add(new GitTag(name, commit, times.getOrDefault(commit, 0L)));
          }
        }
        return tags;
      } finally {
        Mirror.delete(scratch);
      }
    } catch (IOException e) {
      throw new GitFailed("The folder of repositories cannot be written.", e);
    } finally {
      lock.unlock();
    }
  }

  private static String peeled(Ref ref) {
    ObjectId peeled = ref.getPeeledObjectId();
    return Objects.requireNonNull(peeled == null ? ref.getObjectId() : peeled).name();
  }

  /**
   * Fetches the commits of all tags and nothing else; empty where the host cannot do that. Looks
   * for the commits and not for the tags, which JGit stores all or none: a single one that leads to
   * a file, which is not sent, would cost all others their times.
   */
  private Map<String, Long> commitTimes(
      Mirror repository, URI source, FetchMonitor monitor, List<Ref> refs) {
    try {
      host.fetchCommits(repository, source, budgetOfOneFetch(monitor, repository));
      Map<String, Long> times = new HashMap<>();
      try (GitRepository fetched = new GitRepository(repository, limits)) {
        repository.incrementOpen(); // closed by both
        for (Ref ref : refs) {
          Long time = fetched.committedAtMillis(peeled(ref));
          if (time != null) {
            times.put(peeled(ref), time);
          }
        }
      }
      return times;
    } catch (GitFailed e) {
      return Map.of(); // times are told when a tag is indexed
    }
  }

  /**
   * The mirror, with this tag as the host has it now.
   *
   * @param stopped asked while bytes arrive; true ends the fetch
   * @throws GitFailed when the host cannot be reached, refuses, or has no such tag
   */
  Mirror fetchTag(String library, URI source, String tag, BooleanSupplier stopped)
      throws GitFailed, InterruptedException {
    String ref = Constants.R_TAGS + tag;
    if (!Repository.isValidRefName(ref)) {
      throw new GitFailed(RemoteHost.NO_SUCH_TAG, null);
    }
    ReentrantLock lock = lock(library);
    try {
      Path path = mirrorOf(library);
      if (cleared.add(library)) {
        Mirror.clearLeftovers(path);
      }
      Mirror mirror = Mirror.open(path, limits.objectBytes());
      try {
        FetchMonitor monitor = new FetchMonitor(limits.objects(), FetchMonitor.FETCHING, stopped);
        forgetInTheWayOf(ref, mirror);
        host.fetchTag(mirror, source, ref, budgetOf(library, monitor, mirror, stopped));
        readers.merge(library, 1, Integer::sum);
        mirror.onClosed(
            () -> readers.computeIfPresent(library, (id, count) -> count == 1 ? null : count - 1));
        return mirror;
      } catch (GitFailed | IOException | RuntimeException e) {
        mirror.close();
        throw e;
      }
    } catch (IOException e) {
      throw new GitFailed("The folder of repositories cannot be written.", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A tag {@code a} is in the way of {@code a/b}, and the other way round. No host has both, so
   * what is here is gone there.
   */
  private static void forgetInTheWayOf(String ref, Mirror mirror) throws IOException {
    for (String other : mirror.getRefDatabase().getConflictingNames(ref)) {
      RefUpdate update = mirror.updateRef(other);
      update.setForceUpdate(true);
      update.delete();
    }
  }

  /** Forgets the mirror of a library. */
  void remove(String library) throws GitFailed, InterruptedException {
    ReentrantLock lock = lock(library);
    try {
      Mirror.delete(mirrorOf(library));
    } catch (IOException e) {
      throw new GitFailed("The library's copy of its repository cannot be deleted.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Removes mirrors of libraries that are gone, as after a crash. */
  void removeAllBut(Set<String> libraries) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(folder, "*.git")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!libraries.contains(name.substring(0, name.length() - ".git".length()))) {
          Mirror.delete(entry);
        }
      }
    }
  }

  private Path mirrorOf(String library) {
    return folder.resolve(library + ".git");
  }

  /** No library's mirror has this name, because ids have no tilde. */
  private Path scratchOf(String library) {
    return folder.resolve(library + "~tags.git");
  }

  private ReentrantLock lock(String library) throws InterruptedException {
    ReentrantLock lock = locks.computeIfAbsent(library, id -> new ReentrantLock());
    lock.lockInterruptibly();
    return lock;
  }

  private FetchBudget budgetOfOneFetch(FetchMonitor monitor, Mirror mirror) {
    return new FetchBudget(
        limits.fetchedBytes(),
        "The repository sends more bytes than the limit for one fetch allows.",
        monitor,
        mirror::packBytes);
  }

  /** What is left for a mirror; it is tidied up first when that helps nobody's reading. */
  private FetchBudget budgetOf(
      String library, FetchMonitor monitor, Mirror mirror, BooleanSupplier stopped)
      throws IOException, GitFailed {
    Path path = mirror.getDirectory().toPath();
    long left = limits.mirrorBytes() - MirrorTidying.bytesOf(path);
    if (left <= 0 || MirrorTidying.isDue(mirror)) {
      tidy(library, mirror, stopped);
      left = limits.mirrorBytes() - MirrorTidying.bytesOf(path);
    }
    String full =
        "The copy of the library's repository takes more than "
            + Math.max(1, limits.mirrorBytes() / MEGABYTE)
            + " MB on the server's disk, which is the limit.";
    if (left <= 0) {
      throw new GitFailed(full, null);
    }
    return left < limits.fetchedBytes()
        ? new FetchBudget(left, full, monitor, mirror::packBytes)
        : budgetOfOneFetch(monitor, mirror);
  }

  private void tidy(String library, Mirror mirror, BooleanSupplier stopped) {
    if (readers.containsKey(library)) {
      return; // with the next fetch that finds nobody reading
    }
    try {
      MirrorTidying.run(mirror, stopped);
    } catch (IOException e) {
      return; // it only takes room; the next fetch tries again
    }
  }
}

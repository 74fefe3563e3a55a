package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.LibraryRules;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Fetches remote repositories into mirrors below the data folder. Listing tags costs no trees and
 * no files; a tag is fetched without history, and only what the mirror does not have yet. Fetches
 * of one library wait for each other, reading goes on beside them. Before a fetch a mirror of many
 * packs is packed anew, unless somebody reads it.
 */
final class RemoteRepositories {
  private static final int TIMEOUT_SECONDS = 60;
  private static final String NO_SUCH_TAG = "The repository has no such tag (any more).";

  /** What one library may always take: less than that is no copy of anything. */
  private static final long MEGABYTE = 1L << 20;

  private static final RefSpec ALL_TAGS = new RefSpec("+refs/tags/*:refs/tags/*");

  private final Path folder;
  private final LibraryRules rules;
  private final GitLimits limits;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Set<String> cleared = ConcurrentHashMap.newKeySet();

  /** How many read a library's mirror; counted up under its lock only. */
  private final Map<String, Integer> readers = new ConcurrentHashMap<>();

  RemoteRepositories(Path folder, LibraryRules rules, GitLimits limits) {
    this.folder = folder;
    this.rules = rules;
    this.limits = limits;
  }

  /** What a call does with a transport. */
  @FunctionalInterface
  private interface Exchange<T extends @Nullable Object> {
    T run(Transport transport) throws IOException, GitFailed;
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
        List<Ref> refs = with(repository, source, monitor, budgetOfOneFetch(), this::advertised);
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

  private List<Ref> advertised(Transport transport) throws IOException, GitFailed {
    try (FetchConnection connection = transport.openFetch(List.of(ALL_TAGS))) {
      List<Ref> tags = new ArrayList<>();
      for (Ref ref : connection.getRefs()) {
        // What git forbids in names (".." and "*" among it) no honest host has.
        if (ref.getName().startsWith(Constants.R_TAGS)
            && ref.getObjectId() != null
            && Repository.isValidRefName(ref.getName())) {
          tags.add(ref);
        }
      }
      if (tags.size() > limits.tags()) {
        throw new GitFailed(
            "The repository has more than " + limits.tags() + " tags, which is the limit.", null);
      }
      return tags;
    }
  }

  /**
   * Fetches the commits of all tags and nothing else; empty where the host cannot do that. Looks
   * for the commits and not for the tags, which JGit stores all or none: a single one that leads to
   * a file, which is not sent, would cost all others their times.
   */
  private Map<String, Long> commitTimes(
      Mirror repository, URI source, FetchMonitor monitor, List<Ref> refs) {
    try {
      with(
          repository,
          source,
          monitor,
          budgetOfOneFetch(),
          transport -> {
            transport.setDepth(1);
            transport.setFilterSpec(FilterSpec.fromFilterLine("tree:0"));
            transport.fetch(monitor, List.of(ALL_TAGS));
            return null;
          });
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
      throw new GitFailed(NO_SUCH_TAG, null);
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
        with(
            mirror,
            source,
            monitor,
            budgetOf(library, mirror, stopped),
            transport -> {
              transport.setDepth(1);
              requireStored(transport.fetch(monitor, List.of(new RefSpec("+" + ref + ":" + ref))));
              return null;
            });
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

  /** JGit only notes that a tag could not be written; the one of before would be read instead. */
  private static void requireStored(FetchResult fetched) throws IOException {
    for (TrackingRefUpdate update : fetched.getTrackingRefUpdates()) {
      switch (update.getResult()) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> {}
        case NOT_ATTEMPTED,
            LOCK_FAILURE,
            REJECTED,
            REJECTED_CURRENT_BRANCH,
            REJECTED_MISSING_OBJECT,
            REJECTED_OTHER_REASON,
            IO_FAILURE ->
            throw new IOException("a tag cannot be written: " + update.getResult());
      }
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

  /**
   * What a fetch may bring.
   *
   * @param tooMany the sentence for one that brings more
   */
  private record Budget(long bytes, String tooMany) {}

  private Budget budgetOfOneFetch() {
    return new Budget(
        limits.fetchedBytes(),
        "The repository sends more bytes than the limit for one fetch allows.");
  }

  /** What is left for a mirror; it is tidied up first when that helps nobody's reading. */
  private Budget budgetOf(String library, Mirror mirror, BooleanSupplier stopped)
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
    Budget one = budgetOfOneFetch();
    return left < one.bytes() ? new Budget(left, full) : one;
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

  private <T extends @Nullable Object> T with(
      Mirror mirror, URI source, FetchMonitor monitor, Budget budget, Exchange<T> exchange)
      throws GitFailed {
    try (Transport transport = Transport.open(mirror, new URIish(source.toString()))) {
      if (!(transport instanceof TransportHttp http)) {
        throw new GitFailed("A library's source is an address that begins with https://.", null);
      }
      http.setHttpConnectionFactory(
          new GuardedConnections(
              rules,
              new FetchBudget(budget.bytes(), budget.tooMany(), monitor, mirror::packBytes)));
      transport.setTimeout(TIMEOUT_SECONDS);
      transport.setTagOpt(TagOpt.NO_TAGS);
      T result = exchange.run(transport);
      if (monitor.isCancelled()) { // a cancelled fetch returns as if it had come to its end
        String objection = monitor.objection();
        throw new GitFailed(objection == null ? FetchMonitor.STOPPED : objection, null);
      }
      return result;
    } catch (URISyntaxException | NotSupportedException e) {
      throw new GitFailed("The source is not an address of a git repository.", e);
    } catch (IOException e) {
      throw failed(e, monitor);
    } catch (RuntimeException e) { // JGit's own, about an answer that it did not expect
      throw new GitFailed("The source answers otherwise than git hosts do.", e);
    }
  }

  /** In words, without what the host wrote: it may hold anything. */
  private static GitFailed failed(IOException e, FetchMonitor monitor) {
    String objection = monitor.objection();
    if (objection != null) {
      return new GitFailed(objection, e);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedConnection refused) {
        return new GitFailed(String.valueOf(refused.getMessage()), e);
      }
      if (cause instanceof TooLargeObjectInPackException) {
        return new GitFailed("The repository holds an object larger than the limit allows.", e);
      }
      if (cause instanceof java.net.UnknownHostException) {
        return new GitFailed("The source's host cannot be found.", e);
      }
      if (cause instanceof javax.net.ssl.SSLException) {
        return new GitFailed("The source's host has no valid certificate.", e);
      }
      if (cause instanceof NoRemoteRepositoryException) {
        return new GitFailed("There is no git repository at the source.", e);
      }
    }
    boolean noTag = String.valueOf(e.getMessage()).contains("refs/tags/");
    if (e instanceof TransportException && noTag) {
      return new GitFailed(NO_SUCH_TAG, e);
    }
    return new GitFailed(
        "The source cannot be fetched: it is not reachable, not public, or no git repository.", e);
  }
}

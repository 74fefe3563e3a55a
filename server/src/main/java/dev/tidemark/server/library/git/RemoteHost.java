package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.LibraryRules;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
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
 * What is asked of the host of a remote repository, each within a budget, and its failures in
 * words. Callable from any number of threads, for one mirror from one at a time.
 */
final class RemoteHost {
  static final String NO_SUCH_TAG = "The repository has no such tag (any more).";
  private static final int TIMEOUT_SECONDS = 60;
  private static final RefSpec ALL_TAGS = new RefSpec("+refs/tags/*:refs/tags/*");

  private final LibraryRules rules;

  RemoteHost(LibraryRules rules) {
    this.rules = rules;
  }

  /** What a call does with a transport. */
  @FunctionalInterface
  private interface Exchange<T extends @Nullable Object> {
    T run(Transport transport) throws IOException, GitFailed;
  }

  /** The tags that the host tells of; nothing is fetched. */
  List<Ref> tags(Mirror mirror, URI source, int most, FetchBudget budget) throws GitFailed {
    return with(mirror, source, budget, transport -> advertised(transport, most));
  }

  private static List<Ref> advertised(Transport transport, int most) throws IOException, GitFailed {
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
      if (tags.size() > most) {
        throw new GitFailed(
            "The repository has more than " + most + " tags, which is the limit.", null);
      }
      return tags;
    }
  }

  /** Fetches the commits of all tags without their files, where the host can do that. */
  void fetchCommits(Mirror mirror, URI source, FetchBudget budget) throws GitFailed {
    with(
        mirror,
        source,
        budget,
        transport -> {
          transport.setDepth(1);
          transport.setFilterSpec(FilterSpec.fromFilterLine("tree:0"));
          transport.fetch(budget.monitor(), List.of(ALL_TAGS));
          return null;
        });
  }

  /** Fetches what one tag leads to, without history. */
  void fetchTag(Mirror mirror, URI source, String ref, FetchBudget budget) throws GitFailed {
    with(
        mirror,
        source,
        budget,
        transport -> {
          transport.setDepth(1);
          RefSpec same = new RefSpec("+" + ref + ":" + ref);
          requireStored(transport.fetch(budget.monitor(), List.of(same)));
          return null;
        });
  }

  /** JGit only notes that a tag could not be written; the one of before would be read instead. */
  private static void requireStored(FetchResult fetched) throws GitFailed {
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
            throw new GitFailed("The folder of repositories cannot be written.", null);
      }
    }
  }

  private <T extends @Nullable Object> T with(
      Mirror mirror, URI source, FetchBudget budget, Exchange<T> exchange) throws GitFailed {
    FetchMonitor monitor = budget.monitor();
    try (Transport transport = Transport.open(mirror, new URIish(source.toString()))) {
      if (!(transport instanceof TransportHttp http)) {
        throw new GitFailed("A library's source is an address that begins with https://.", null);
      }
      http.setHttpConnectionFactory(new GuardedConnections(rules, budget));
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
      if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
        return new GitFailed("The server's disk is full.", e);
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

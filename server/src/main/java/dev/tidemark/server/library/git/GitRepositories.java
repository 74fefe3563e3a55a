package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.LibraryRules;
import dev.tidemark.server.library.source.LibrarySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The repositories behind libraries, wherever they are. Callable from any thread that may wait for
 * disk and network; sources are judged by the rules each time.
 */
public final class GitRepositories {
  private final LibraryRules rules;
  private final GitLimits limits;
  private final RemoteRepositories remotes;

  /**
   * Mirrors below a folder.
   *
   * @param folder made when the first mirror is
   */
  public GitRepositories(Path folder, LibraryRules rules, GitLimits limits) {
    this.rules = rules;
    this.limits = limits;
    this.remotes = new RemoteRepositories(folder, rules, limits);
  }

  /**
   * Lists the tags of a source.
   *
   * @throws GitFailed when the rules refuse the source by now, or it cannot be read
   */
  public List<GitTag> tags(String library, String source) throws GitFailed, InterruptedException {
    return switch (judged(source)) {
      case LibrarySource.Local local -> {
        try (GitRepository repository =
            new GitRepository(LocalRepositories.open(local.folder(), rules), limits)) {
          yield repository.tags();
        }
      }
      case LibrarySource.Remote remote -> remotes.tags(library, remote.uri());
    };
  }

  /**
   * Opens a repository that has this tag, fetched just now where it is remote.
   *
   * @param stopped asked while bytes arrive; true ends the fetch
   * @throws GitFailed when the rules refuse the source by now, or it cannot be read
   */
  public GitRepository open(String library, String source, String tag, BooleanSupplier stopped)
      throws GitFailed, InterruptedException {
    return switch (judged(source)) {
      case LibrarySource.Local local ->
          new GitRepository(LocalRepositories.open(local.folder(), rules), limits);
      case LibrarySource.Remote remote ->
          new GitRepository(remotes.fetchTag(library, remote.uri(), tag, stopped), limits);
    };
  }

  /** Forgets what was fetched of a library. */
  public void remove(String library) throws GitFailed, InterruptedException {
    remotes.remove(library);
  }

  /** Forgets what was fetched of libraries that are gone; before anything else is asked. */
  public void removeAllBut(Set<String> libraries) throws IOException {
    remotes.removeAllBut(libraries);
  }

  private LibrarySource judged(String source) throws GitFailed {
    return switch (rules.judge(source)) {
      case LibraryRules.Answer.Accepted accepted -> accepted.source();
      case LibraryRules.Answer.Refused refused -> throw new GitFailed(refused.sentence(), null);
    };
  }
}

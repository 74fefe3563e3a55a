package dev.tidemark.server.library.git;

import dev.tidemark.server.library.source.LibraryRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** Opens repositories of this machine where they are. Nothing is ever written to them. */
final class LocalRepositories {
  private static final String NO_REPOSITORY = "The folder is not a git repository.";
  private static final String LEADS_OUT =
      "The repository keeps its objects outside of the folders that the operator allowed.";
  private static final int MAX_ALTERNATES_BYTES = 64 * 1024;

  private LocalRepositories() {}

  /**
   * Opens a repository.
   *
   * @param folder bare, or with a work tree, whose files are not looked at
   * @throws GitFailed when there is none, or it leads out of the allowed folders
   */
  static Repository open(Path folder, LibraryRules rules) throws GitFailed {
    try {
      Path gitFolder = gitFolder(folder);
      if (gitFolder == null) {
        throw new GitFailed(NO_REPOSITORY, null);
      }
      refuseLeadingOut(gitFolder, rules);
      QuietSystem.install();
      QuietSystem.stateClockOf(gitFolder);
      FileRepositoryBuilder builder = new FileRepositoryBuilder();
      builder.setGitDir(gitFolder.toFile()).setBare().setMustExist(true).setup();
      Repository repository = new ReadOnlyRepository(builder);
      String format = repository.getConfig().getString("extensions", null, "objectformat");
      if (format != null && !format.equals("sha1")) { // JGit would find it damaged
        repository.close();
        throw new GitFailed("The repository is one of SHA-256 ids, which cannot be read.", null);
      }
      return repository;
    } catch (IOException | IllegalArgumentException e) {
      throw new GitFailed(NO_REPOSITORY, e);
    }
  }

  private static @Nullable Path gitFolder(Path folder) throws IOException {
    for (Path candidate : List.of(folder, folder.resolve(".git"))) {
      boolean repository =
          Files.isRegularFile(candidate.resolve("HEAD"))
              && Files.isDirectory(candidate.resolve("objects"))
              && !Files.exists(candidate.resolve("commondir"));
      if (repository) {
        return candidate.toRealPath();
      }
    }
    return null;
  }

  /** Links and alternates are ways out of a folder. */
  private static void refuseLeadingOut(Path gitFolder, LibraryRules rules)
      throws IOException, GitFailed {
    Path objects = gitFolder.resolve("objects");
    for (Path path :
        List.of(gitFolder, objects, objects.resolve("pack"), objects.resolve("info"))) {
      if (Files.exists(path) && !rules.isBelowAllowed(path.toRealPath())) {
        throw new GitFailed(LEADS_OUT, null);
      }
    }
    Path alternates = objects.resolve("info/alternates");
    if (!Files.exists(alternates)) {
      return;
    }
    if (Files.size(alternates) > MAX_ALTERNATES_BYTES) {
      throw new GitFailed(LEADS_OUT, null);
    }
    for (String line : Files.readAllLines(alternates)) {
      Path other = objects.resolve(line.strip());
      boolean nested = Files.exists(other.resolve("info/alternates"));
      if (!line.isBlank() && (nested || !rules.isBelowAllowed(other.toRealPath()))) {
        throw new GitFailed(LEADS_OUT, null);
      }
    }
  }

  /** Never tidies up. */
  private static final class ReadOnlyRepository extends FileRepository {
    ReadOnlyRepository(FileRepositoryBuilder builder) throws IOException {
      super(builder);
    }

    @Override
    public void autoGC(org.eclipse.jgit.lib.ProgressMonitor monitor) {
      // Not ours to tidy.
    }
  }
}

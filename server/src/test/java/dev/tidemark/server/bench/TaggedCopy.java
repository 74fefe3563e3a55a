package dev.tidemark.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A real repository without tags gets some, in a bare repository of ours that borrows its objects:
 * one at every so many commits of its main line.
 */
final class TaggedCopy {
  private static final int COMMITS_APART = 6;

  private TaggedCopy() {}

  static boolean hasTags(Path repository) throws IOException {
    try (Repository given = new FileRepository(repository.toFile())) {
      return given.getRefDatabase().getRefsByPrefix(Constants.R_TAGS).size() > 1;
    }
  }

  static Path make(Path repository, Path folder, int tags) throws IOException {
    List<ObjectId> commits = new ArrayList<>();
    try (Repository given = new FileRepository(repository.toFile());
        RevWalk walk = new RevWalk(given)) {
      RevCommit at = walk.parseCommit(given.resolve(Constants.HEAD));
      for (int i = 0; commits.size() < tags && at != null; i++) {
        if (i % COMMITS_APART == 0) {
          commits.add(at.copy());
        }
        at = at.getParentCount() == 0 ? null : walk.parseCommit(at.getParent(0));
      }
    }
    try (Repository copy = new FileRepository(folder.toFile())) {
      copy.create(true);
      Files.createDirectories(folder.resolve("objects/info"));
      Files.writeString(
          folder.resolve("objects/info/alternates"), repository.resolve("objects") + "\n");
      for (int i = 0; i < commits.size(); i++) {
        RefUpdate update = copy.updateRef(Constants.R_TAGS + "c" + (1_000 - i));
        update.setNewObjectId(commits.get(i));
        update.disableRefLog();
        update.forceUpdate();
      }
    }
    return folder;
  }
}

package dev.tidemark.server.library.git;

import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.FileText;
import dev.tidemark.server.library.split.SkipReason;
import dev.tidemark.server.library.split.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** An open repository. Belongs to one thread. */
public final class GitRepository implements AutoCloseable {
  private final Repository repository;
  private final ObjectReader reader;
  private final GitLimits limits;

  GitRepository(Repository repository, GitLimits limits) {
    this.repository = repository;
    this.reader = repository.newObjectReader();
    this.limits = limits;
  }

  /**
   * All tags that lead to commits.
   *
   * @throws GitFailed when there are too many, or the repository is damaged
   */
  List<GitTag> tags() throws GitFailed {
    try (RevWalk walk = new RevWalk(reader)) {
      List<Ref> refs = repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS);
      if (refs.size() > limits.tags()) {
        throw new GitFailed(
            "The repository has more than " + limits.tags() + " tags, which is the limit.", null);
      }
      List<GitTag> tags = new ArrayList<>();
      for (Ref ref : refs) {
        GitTag tag = peel(walk, ref);
        if (tag != null) {
          tags.add(tag);
        }
      }
      return tags;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /**
   * One tag, or null when there is none of that name.
   *
   * @throws GitFailed when the repository is damaged
   */
  public @Nullable GitTag tag(String name) throws GitFailed {
    try (RevWalk walk = new RevWalk(reader)) {
      Ref ref = repository.getRefDatabase().exactRef(Constants.R_TAGS + name);
      return ref == null ? null : peel(walk, ref);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /**
   * When a commit was made, epoch milliseconds, or null when no commit of this id is here.
   *
   * @throws GitFailed when the repository is damaged
   */
  @Nullable Long committedAtMillis(String commit) throws GitFailed {
    try (RevWalk walk = new RevWalk(reader)) {
      return walk.parseCommit(ObjectId.fromString(commit)).getCommitTime() * 1_000L;
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return null;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static @Nullable GitTag peel(RevWalk walk, Ref ref) throws IOException {
    ObjectId id = ref.getObjectId();
    if (id == null) {
      return null;
    }
    try {
      RevObject object = walk.peel(walk.parseAny(id));
      String name = ref.getName().substring(Constants.R_TAGS.length());
      return object instanceof RevCommit commit
          ? new GitTag(name, commit.name(), commit.getCommitTime() * 1_000L)
          : null;
    } catch (MissingObjectException e) {
      return null; // a tag whose commit is not here, as in a shallow copy
    }
  }

  /**
   * The files of a commit. Symbolic links, submodules and entries with dangerous names are counted,
   * not followed.
   *
   * @throws GitFailed when the commit has more entries or files than allowed, or is damaged
   */
  public GitListing list(String commit, FileRules rules) throws GitFailed {
    return list(commit, rules, path -> true);
  }

  /**
   * Those files of a commit that are chosen.
   *
   * @param chosen asked of the paths that the rules take
   */
  public GitListing list(String commit, FileRules rules, Predicate<String> chosen)
      throws GitFailed {
    Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
    List<GitFile> files = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    try (RevWalk revisions = new RevWalk(reader);
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(revisions.parseCommit(ObjectId.fromString(commit)).getTree());
      int entries = 0;
      while (walk.next()) {
        if (++entries > limits.entries()) {
          throw new GitFailed(
              "The version has more than " + limits.entries() + " entries, which is the limit.",
              null);
        }
        GitFile file = visit(walk, rules, chosen, skipped);
        if (file != null && paths.add(file.path())) {
          files.add(file);
        } else if (file != null) {
          skipped.merge(SkipReason.SAME_PATH, 1, Integer::sum);
        }
        if (files.size() > limits.files()) {
          throw new GitFailed(
              "The version has more than "
                  + limits.files()
                  + " files to index, which is the limit.",
              null);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
    files.sort(Comparator.comparingInt(GitRepository::turn)); // stable: by path otherwise
    return new GitListing(files, skipped);
  }

  /** What helps readers most comes first. */
  private static int turn(GitFile file) {
    if (FileRules.isTest(file.path())) {
      return 2;
    }
    return file.splitter().id().startsWith("markdown") || file.splitter().id().startsWith("text")
        ? 0
        : 1;
  }

  /** The file that stands here, if it is one to read; enters folders. */
  private @Nullable GitFile visit(
      TreeWalk walk, FileRules rules, Predicate<String> chosen, Map<SkipReason, Integer> skipped)
      throws IOException {
    FileMode mode = walk.getFileMode(0);
    SkipReason reason = objection(walk, mode);
    if (reason != null) {
      skipped.merge(reason, 1, Integer::sum);
    } else if (FileMode.TREE.equals(mode)) {
      walk.enterSubtree();
    } else {
      String path = new String(walk.getRawPath(), StandardCharsets.UTF_8);
      Splitter splitter = rules.splitterFor(path);
      if (splitter != null && chosen.test(path)) {
        return new GitFile(path, walk.getObjectId(0).name(), splitter);
      }
    }
    return null;
  }

  private @Nullable SkipReason objection(TreeWalk walk, FileMode mode) {
    if (FileMode.SYMLINK.equals(mode)) {
      return SkipReason.SYMBOLIC_LINK;
    }
    if (FileMode.GITLINK.equals(mode)) {
      return SkipReason.SUBMODULE;
    }
    boolean ordinary =
        FileMode.TREE.equals(mode)
            || FileMode.REGULAR_FILE.equals(mode)
            || FileMode.EXECUTABLE_FILE.equals(mode);
    if (!ordinary || isUnsafe(walk.getNameString())) {
      return SkipReason.UNSAFE_NAME;
    }
    if (walk.getRawPath().length > limits.pathBytes()) {
      return SkipReason.LONG_PATH;
    }
    return walk.getDepth() >= limits.depth() ? SkipReason.DEEP_PATH : null;
  }

  /**
   * Names that mean something to file systems: git forbids them, hostile repositories have them.
   */
  private static boolean isUnsafe(String name) {
    String visible = name.replaceAll("[\\p{Cf}\\p{Cc}]+", "");
    String plain = visible.toLowerCase(Locale.ROOT); // may be longer: some letters become two
    return plain.isEmpty()
        || plain.equals(".")
        || plain.equals("..")
        || plain.replaceAll("[. ]+$", "").equals(".git")
        || plain.equals("git~1")
        || plain.startsWith(".git:")
        || visible.length() != name.length()
        || plain.indexOf('/') >= 0
        || plain.indexOf('\\') >= 0;
  }

  /**
   * The text of a file, or why it is not read.
   *
   * @throws GitFailed when the repository is damaged
   */
  public FileText.Answer read(String objectId) throws GitFailed {
    try {
      ObjectLoader loader = reader.open(ObjectId.fromString(objectId), Constants.OBJ_BLOB);
      return loader.getSize() > limits.fileBytes()
          ? new FileText.Answer.Skipped(SkipReason.LARGE_FILE)
          : FileText.of(loader.getCachedBytes(limits.fileBytes()));
    } catch (MissingObjectException e) {
      return new FileText.Answer.Skipped(SkipReason.MISSING);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static GitFailed damaged(Exception cause) {
    return new GitFailed("The repository cannot be read: it is damaged or incomplete.", cause);
  }

  @Override
  public void close() {
    reader.close();
    repository.close();
  }
}

package dev.tidemark.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A bare git repository with documentation, whose every version has other texts than the last. */
public final class SmallRepository {
  private static final Instant FIRST = Instant.parse("2024-03-01T09:00:00Z");
  private static final int SECTIONS = 4;

  private SmallRepository() {}

  /** Makes one with the tags {@code v1.0} to {@code vN.0}, each with as many files. */
  public static Path make(Path folder, int tags, int files) {
    try (Repository repository = new FileRepository(folder.toFile())) {
      repository.create(true);
      @Nullable ObjectId last = null;
      for (int tag = 1; tag <= tags; tag++) {
        last = commit(repository, tag, files, last);
        point(repository, Constants.R_TAGS + "v" + tag + ".0", last);
        point(repository, Constants.R_HEADS + "main", last);
      }
      repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  private static ObjectId commit(
      Repository repository, int tag, int files, @Nullable ObjectId parent) throws IOException {
    try (ObjectInserter objects = repository.newObjectInserter()) {
      DirCacheBuilder tree = DirCache.newInCore().builder();
      for (int file = 0; file < files; file++) {
        var entry = new DirCacheEntry("docs/harbour-%03d.md".formatted(file));
        entry.setFileMode(FileMode.REGULAR_FILE);
        byte[] text = text(tag, file).getBytes(StandardCharsets.UTF_8);
        entry.setObjectId(objects.insert(Constants.OBJ_BLOB, text));
        tree.add(entry);
      }
      tree.finish();
      var commit = new CommitBuilder();
      commit.setTreeId(tree.getDirCache().writeTree(objects));
      if (parent != null) {
        commit.setParentId(parent);
      }
      var author =
          new PersonIdent(
              "Ada", "ada@example.org", FIRST.plusSeconds(tag * 86_400L), ZoneOffset.UTC);
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage("Version " + tag);
      ObjectId id = objects.insert(commit);
      objects.flush();
      return id;
    }
  }

  private static String text(int tag, int file) {
    var text = new StringBuilder("# Harbour " + file + "\n\n");
    for (int section = 0; section < SECTIONS; section++) {
      text.append("## Berth ").append(section).append("\n\n");
      text.append("In version ").append(tag).append(" the boats of harbour ").append(file);
      text.append(" leave berth ").append(section).append(" with the tide, ");
      text.append("ropes off first, fenders last, and nobody waits for the fog.\n\n");
    }
    return text.toString();
  }

  private static void point(Repository repository, String name, ObjectId to) throws IOException {
    RefUpdate update = repository.updateRef(name);
    update.setNewObjectId(to);
    update.forceUpdate();
  }
}

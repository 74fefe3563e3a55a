package dev.tidemark.server.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;

/** A bare repository that a test writes object by object, hostile ones too. */
public final class GitFixture implements AutoCloseable {
  private static final long FIRST_COMMIT_SECONDS = 1_700_000_000;

  private final Repository repository;
  private final Path folder;
  private int commits;

  public GitFixture(Path folder) throws IOException {
    this.folder = folder;
    this.repository = new FileRepository(folder.toFile());
    repository.create(true);
  }

  public Path folder() {
    return folder;
  }

  public Repository repository() {
    return repository;
  }

  /** Commits exactly these files (path with slashes to text) and tags the commit. */
  public String tag(String name, Map<String, String> files) throws IOException {
    String commit = commit(files);
    point(name, ObjectId.fromString(commit));
    return commit;
  }

  /** Points a tag to an object, also when it points elsewhere already. */
  public void point(String tag, ObjectId object) throws IOException {
    RefUpdate update = repository.updateRef(Constants.R_TAGS + tag);
    update.setNewObjectId(object);
    update.forceUpdate();
  }

  /** An annotated tag. */
  public void annotate(String name, String commit) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TagBuilder tag = new TagBuilder();
      tag.setTag(name);
      tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
      tag.setTagger(ident());
      tag.setMessage("annotated");
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      point(name, id);
    }
  }

  /** Commits exactly these files, each commit a minute after the one before. */
  public String commit(Map<String, String> files) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = tree(inserter, new TreeMap<>(files), "");
      ObjectId commit = commit(inserter, tree);
      inserter.flush();
      return commit.name();
    }
  }

  /** What a hostile tree is made with. */
  @FunctionalInterface
  public interface TreeMaker {
    ObjectId make(ObjectInserter inserter) throws IOException;
  }

  /** Commits a tree that the caller makes. */
  public String commitTree(TreeMaker maker) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId commit = commit(inserter, maker.make(inserter));
      inserter.flush();
      return commit.name();
    }
  }

  private ObjectId commit(ObjectInserter inserter, ObjectId tree) throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setAuthor(ident());
    commit.setCommitter(ident());
    commit.setMessage("commit " + commits++);
    return inserter.insert(commit);
  }

  private PersonIdent ident() {
    Instant when = Instant.ofEpochSecond(FIRST_COMMIT_SECONDS + commits * 60L);
    return new PersonIdent("Test", "test@example.org", when, ZoneOffset.UTC);
  }

  private static ObjectId tree(ObjectInserter inserter, Map<String, String> files, String under)
      throws IOException {
    TreeFormatter formatter = new TreeFormatter();
    // Git sorts folders as if their names ended with a slash.
    TreeMap<String, Boolean> names = new TreeMap<>();
    for (String path : files.keySet()) {
      if (path.startsWith(under)) {
        String rest = path.substring(under.length());
        int slash = rest.indexOf('/');
        names.put(slash < 0 ? rest : rest.substring(0, slash + 1), slash >= 0);
      }
    }
    for (Map.Entry<String, Boolean> name : names.entrySet()) {
      if (name.getValue()) {
        String folder = name.getKey().substring(0, name.getKey().length() - 1);
        formatter.append(folder, FileMode.TREE, tree(inserter, files, under + name.getKey()));
      } else {
        byte[] content =
            files.getOrDefault(under + name.getKey(), "").getBytes(StandardCharsets.UTF_8);
        formatter.append(
            name.getKey(), FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, content));
      }
    }
    return inserter.insert(formatter);
  }

  @Override
  public void close() {
    repository.close();
  }
}

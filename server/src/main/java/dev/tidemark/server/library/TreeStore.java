package dev.tidemark.server.library;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.library.git.GitTag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores trees, blobs and snippets in short transactions of the writer's background lane.
 *
 * <ol>
 *   <li>A blob is complete only when all its snippets are stored, a tree only when all its files
 *       are linked to complete blobs.
 *   <li>A version names a tree only once that is complete: readers see all of it or nothing.
 *   <li>A blob is linked to a tree in the transaction that makes sure it is there, so that sweeping
 *       takes away nothing that is in use.
 *   <li>Everything can be done again: after a crash the same calls come to the same rows. So only
 *       the beginning and the completion of a tree wait for the disk.
 * </ol>
 */
final class TreeStore {
  private static final int LOOKED_UP_AT_ONCE = 400;

  private final GroupWriter writer;
  private final ReaderPool readers;

  TreeStore(GroupWriter writer, ReaderPool readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** What is to be done for a version. */
  sealed interface Begin {
    /** The commit is indexed already, and the version names its tree now. */
    record Complete(int files, int snippets) implements Begin {}

    /** The tree to fill. */
    record Open(long tree) implements Begin {}

    /** The library or the version was removed. */
    record Gone() implements Begin {}
  }

  /** Notes where a tag leads now and finds or makes the tree of that commit. */
  Begin begin(String libraryId, GitTag tag, String rules, long nowMillis)
      throws InterruptedException {
    return writer.writeInBackground(transaction -> {
      long library = LibraryRows.number(transaction, libraryId);
      if (library < 0 || !noteCommit(transaction, library, tag)) {
        return new Verdict.Undo<>(new Begin.Gone());
      }
      PreparedStatement query =
          transaction.prepare(
              "select number, complete, files, snippets from tree"
                  + " where library = ? and commit_id = ? and rules = ?");
      query.setLong(1, library);
      query.setString(2, tag.commit());
      query.setString(3, rules);
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          long tree = row.getLong(1);
          if (row.getInt(2) == 0) {
            return new Verdict.Keep<>(new Begin.Open(tree));
          }
          Begin complete = new Begin.Complete(row.getInt(3), row.getInt(4));
          nameTree(transaction, library, tag.name(), tree, nowMillis);
          return new Verdict.Keep<>(complete);
        }
      }
      transaction.update(
          "insert into tree(library, commit_id, rules, complete, files, snippets)"
              + " values (?, ?, ?, 0, 0, 0)",
          library,
          tag.commit(),
          rules);
      return new Verdict.Keep<>(new Begin.Open(LibraryRows.firstLong(query)));
    });
  }

  private static boolean noteCommit(WriteTransaction transaction, long library, GitTag tag)
      throws SQLException {
    return transaction.update(
            "update library_version set commit_id = ?, committed_at = ? where library = ? and name"
                + " = ?",
            tag.commit(),
            tag.committedAtMillis(),
            library,
            tag.name())
        == 1;
  }

  private static void nameTree(
      WriteTransaction transaction, long library, String version, long tree, long nowMillis)
      throws SQLException {
    transaction.update(
        "update library_version set tree = ?, indexed_at = ? where library = ? and name = ?",
        tree,
        nowMillis,
        library,
        version);
  }

  /** The paths of a tree that are linked to complete blobs already, with their objects. */
  Map<String, String> linked(long tree) {
    return readers.read(reader -> {
      PreparedStatement query =
          reader.prepare(
              "select f.path, b.object_id from tree_file f join blob b on b.number = f.blob"
                  + " where f.tree = ? and b.complete = 1");
      query.setLong(1, tree);
      Map<String, String> linked = new HashMap<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          linked.put(row.getString(1), row.getString(2));
        }
      }
      return linked;
    });
  }

  /** Which of the blobs are stored completely. */
  Map<BlobKey, StoredBlob> stored(Collection<BlobKey> keys) {
    Map<BlobKey, StoredBlob> found = new HashMap<>();
    List<BlobKey> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += LOOKED_UP_AT_ONCE) {
      List<BlobKey> some = all.subList(from, Math.min(all.size(), from + LOOKED_UP_AT_ONCE));
      readers.read(reader -> {
        for (BlobKey key : some) {
          StoredBlob blob = stored(reader, key);
          if (blob != null) {
            found.put(key, blob);
          }
        }
        return null;
      });
    }
    return found;
  }

  private static @Nullable StoredBlob stored(StatementCache reader, BlobKey key)
      throws SQLException {
    PreparedStatement query =
        reader.prepare(
            """
            select b.number, (select count(*) from blob_snippet s where s.blob = b.number),
                b.skipped is not null
              from blob b where b.object_id = ? and b.splitter = ? and b.complete = 1
            """);
    query.setString(1, key.objectId());
    query.setString(2, key.splitter());
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? new StoredBlob(row.getLong(1), row.getInt(2), row.getInt(3) != 0) : null;
    }
  }

  /** A file and the blob that is believed to be stored for it. */
  record Link(String path, long blob) {}

  /**
   * What became of some links.
   *
   * @param gone whether the tree is gone; then nothing was linked
   * @param blobsGone those that were swept meanwhile, which nothing was linked to
   */
  record Linked(boolean gone, Set<Long> blobsGone) {}

  /** Links files to stored blobs. */
  Linked link(long tree, List<Link> links) throws InterruptedException {
    return writer.writeRepeatable(transaction -> {
      if (!exists(transaction, tree)) {
        return new Verdict.Undo<>(new Linked(true, Set.of()));
      }
      Set<Long> blobsGone = new HashSet<>();
      PreparedStatement insert =
          transaction.prepare(
              "insert or replace into tree_file(tree, path, blob)"
                  + " select ?, ?, number from blob where number = ? and complete = 1");
      for (Link link : links) {
        insert.setLong(1, tree);
        insert.setString(2, link.path());
        insert.setLong(3, link.blob());
        if (insert.executeUpdate() != 1) {
          blobsGone.add(link.blob());
        }
      }
      return new Verdict.Keep<>(new Linked(false, blobsGone));
    });
  }

  /** What became of a batch. */
  record Written(boolean gone, int inserted, int reused, long nanos) {}

  /** A part of a blob: pieces from..to (exclusive) of all it has. */
  record Part(SplitBlob blob, int from, int to) {
    boolean isLast() {
      return to == blob.pieces().size();
    }
  }

  /** Stores parts of blobs and links their files; the last part makes a blob complete. */
  Written write(long tree, List<Part> parts) throws InterruptedException {
    return writer.writeRepeatable(transaction -> {
      long start = System.nanoTime();
      if (!exists(transaction, tree)) {
        return new Verdict.Undo<>(new Written(true, 0, 0, 0));
      }
      int inserted = 0;
      int pieces = 0;
      SnippetWriter snippets = new SnippetWriter(transaction);
      for (Part part : parts) {
        long blob = snippets.openBlob(part.blob());
        for (int i = part.from(); i < part.to(); i++) {
          inserted += snippets.put(blob, i, part.blob().pieces().get(i)) ? 1 : 0;
          pieces++;
        }
        if (part.isLast()) {
          snippets.complete(blob);
        }
        for (String path : part.blob().paths()) {
          snippets.link(tree, path, blob);
        }
      }
      long nanos = System.nanoTime() - start;
      return new Verdict.Keep<>(new Written(false, inserted, pieces - inserted, nanos));
    });
  }

  /** Number of different snippets of a tree. */
  int countSnippets(long tree) {
    return readers.read(reader -> {
      PreparedStatement query =
          reader.prepare(
              "select count(distinct s.snippet) from tree_file f"
                  + " join blob_snippet s on s.blob = f.blob where f.tree = ?");
      query.setLong(1, tree);
      return (int) LibraryRows.firstLong(query);
    });
  }

  /**
   * Makes a tree complete and its version name it.
   *
   * @param entries how many files must be linked; another number is our bug
   * @param files how many of them have snippets or could have
   * @return false when the library or the version is gone
   */
  boolean complete(
      long tree,
      String libraryId,
      String version,
      int entries,
      int files,
      int snippets,
      @Nullable String skipped,
      long nowMillis)
      throws InterruptedException {
    return writer.writeInBackground(transaction -> {
      long library = LibraryRows.number(transaction, libraryId);
      PreparedStatement there =
          transaction.prepare("select 1 from library_version where library = ? and name = ?");
      there.setLong(1, library);
      there.setString(2, version);
      if (library < 0 || LibraryRows.firstLong(there) < 0 || !exists(transaction, tree)) {
        return new Verdict.Undo<>(false);
      }
      PreparedStatement count =
          transaction.prepare("select count(*) from tree_file where tree = ?");
      count.setLong(1, tree);
      if (LibraryRows.firstLong(count) != entries) {
        throw new IllegalStateException(
            "a complete tree links all files: expected "
                + entries
                + ", found "
                + LibraryRows.firstLong(count));
      }
      transaction.update(
          "update tree set complete = 1, files = ?, snippets = ?, skipped = ? where number ="
              + " ?",
          files,
          snippets,
          skipped,
          tree);
      nameTree(transaction, library, version, tree, nowMillis);
      return new Verdict.Keep<>(true);
    });
  }

  private static boolean exists(WriteTransaction transaction, long tree) throws SQLException {
    PreparedStatement query =
        transaction.prepare(
            "select 1 from tree t join library l on l.number = t.library where t.number = ?");
    query.setLong(1, tree);
    return LibraryRows.firstLong(query) == 1;
  }
}

package dev.tidemark.server.library;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what no version needs any more: trees, their files, blobs that no tree links, snippets
 * that no blob holds. Small transactions, on a thread of its own; interrupted anywhere, it goes on
 * with the next request.
 *
 * <ol>
 *   <li>A tree goes when no version names it, and it is complete, or no version leads to its commit
 *       (a job may go on with it), or it was made by other rules; never while a run fills it.
 *   <li>A blob goes when no tree links it. Its completeness goes first, so that nobody links it
 *       while its snippets are taken away in steps.
 *   <li>A snippet goes in the transaction that takes away the last blob's hold on it.
 * </ol>
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int FILES_AT_ONCE = 100;
  private static final int SNIPPETS_AT_ONCE = 24;
  private static final int ORPHANS_AT_ONCE = 500;

  private static final String DEAD =
      """
      select t.number from tree t
        where not exists (select 1 from library_version v where v.tree = t.number)
          and (t.complete = 1 or t.rules <> ? || coalesce(
              (select l.paths from library l where l.number = t.library), '')
            or not exists (select 1 from library_version v
              where v.library = t.library and v.commit_id = t.commit_id))
      """;

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final String rules;
  private final Map<Long, Integer> treesInUse = new HashMap<>();
  private boolean running;
  private boolean again;

  Sweeper(GroupWriter writer, ReaderPool readers, String rules) {
    this.writer = writer;
    this.readers = readers;
    this.rules = rules;
  }

  /** Keeps a tree from being swept. */
  final class InUse implements AutoCloseable {
    private final long tree;

    private InUse(long tree) {
      this.tree = tree;
    }

    long tree() {
      return tree;
    }

    @Override
    public void close() {
      synchronized (Sweeper.this) {
        treesInUse.merge(tree, -1, (count, less) -> count + less == 0 ? null : count + less);
      }
    }
  }

  synchronized InUse use(long tree) {
    treesInUse.merge(tree, 1, Integer::sum);
    return new InUse(tree);
  }

  private synchronized boolean isInUse(long tree) {
    return treesInUse.containsKey(tree);
  }

  /** Sweeps soon, on another thread; requests that come meanwhile become one. */
  synchronized void request() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    Thread.ofPlatform().daemon().name("library-sweep").start(this::sweepWhileAsked);
  }

  private void sweepWhileAsked() {
    boolean more = true;
    while (more) {
      boolean failed = false;
      try {
        sweep();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed = true;
      } catch (DatabaseException | RejectedExecutionException e) {
        failed = true; // the server is stopping or the disk is full
      } catch (RuntimeException e) {
        LOG.warn(
            "Sweeping goes on with the next request: {}",
            String.valueOf(e.getCause() == null ? e : e.getCause()));
        failed = true;
      }
      synchronized (this) {
        more = again && !failed; // what is left waits for the next request
        again = false;
        running = more;
      }
    }
  }

  /** Sweeps until nothing is left to take away. */
  void sweep() throws InterruptedException {
    for (long tree : deadTrees()) {
      if (!isInUse(tree)) {
        while (takeFiles(tree)) {
          // goes on with the next files
        }
      }
    }
    List<Long> orphans = orphanBlobs();
    while (!orphans.isEmpty()) {
      for (long blob : orphans) {
        while (takeSnippets(blob)) {
          // goes on with the next snippets
        }
      }
      orphans = orphans.size() < ORPHANS_AT_ONCE ? List.of() : orphanBlobs();
    }
  }

  private List<Long> deadTrees() {
    return readers.read(reader -> {
      PreparedStatement query = reader.prepare(DEAD);
      query.setString(1, rules);
      return numbers(query);
    });
  }

  private List<Long> orphanBlobs() {
    return readers.read(reader -> {
      PreparedStatement query =
          reader.prepare(
              "select number from blob b where not exists (select 1 from tree_file f where f.blob ="
                  + " b.number) limit ?");
      query.setInt(1, ORPHANS_AT_ONCE);
      return numbers(query);
    });
  }

  /** One step of taking a tree away; false when it was the last. */
  private boolean takeFiles(long tree) throws InterruptedException {
    return writer.writeInBackground(transaction -> {
      if (!isDead(transaction, tree) || isInUse(tree)) {
        return new Verdict.Keep<>(false); // a version came to the same commit meanwhile
      }
      // From now on nobody takes it for complete, also not after a crash between two steps.
      PreparedStatement open = transaction.prepare("update tree set complete = 0 where number = ?");
      open.setLong(1, tree);
      open.executeUpdate();
      PreparedStatement delete =
          transaction.prepare(
              "delete from tree_file where tree = ?1 and path in"
                  + " (select path from tree_file where tree = ?1 order by path limit ?2)");
      delete.setLong(1, tree);
      delete.setInt(2, FILES_AT_ONCE);
      if (delete.executeUpdate() == FILES_AT_ONCE) {
        return new Verdict.Keep<>(true);
      }
      PreparedStatement end = transaction.prepare("delete from tree where number = ?");
      end.setLong(1, tree);
      end.executeUpdate();
      return new Verdict.Keep<>(false);
    });
  }

  /** Asked again in each step: a job may be about to go on with the tree. */
  private boolean isDead(WriteTransaction transaction, long tree) throws SQLException {
    PreparedStatement dead = transaction.prepare(DEAD + " and t.number = ?");
    dead.setString(1, rules);
    dead.setLong(2, tree);
    return LibraryRows.firstLong(dead) == tree;
  }

  /** One step of taking an orphan away; false when it was the last, or somebody links it again. */
  private boolean takeSnippets(long blob) throws InterruptedException {
    return writer.writeInBackground(transaction -> {
      PreparedStatement linked =
          transaction.prepare("select 1 from tree_file where blob = ? limit 1");
      linked.setLong(1, blob);
      if (LibraryRows.firstLong(linked) == 1) {
        return new Verdict.Keep<>(false);
      }
      PreparedStatement open = transaction.prepare("update blob set complete = 0 where number = ?");
      open.setLong(1, blob);
      open.executeUpdate();
      PreparedStatement query =
          transaction.prepare(
              "select snippet from blob_snippet where blob = ? order by ordinal limit ?");
      query.setLong(1, blob);
      query.setInt(2, SNIPPETS_AT_ONCE);
      List<Long> snippets = numbers(query);
      release(transaction, blob, snippets.size());
      for (long snippet : snippets) {
        deleteIfFree(transaction, snippet);
      }
      if (snippets.size() == SNIPPETS_AT_ONCE) {
        return new Verdict.Keep<>(true);
      }
      PreparedStatement end = transaction.prepare("delete from blob where number = ?");
      end.setLong(1, blob);
      end.executeUpdate();
      return new Verdict.Keep<>(false);
    });
  }

  private static void release(WriteTransaction transaction, long blob, int count)
      throws SQLException {
    PreparedStatement delete =
        transaction.prepare(
            "delete from blob_snippet where blob = ?1 and ordinal in"
                + " (select ordinal from blob_snippet where blob = ?1 order by ordinal limit ?2)");
    delete.setLong(1, blob);
    delete.setInt(2, count);
    delete.executeUpdate();
  }

  private static void deleteIfFree(WriteTransaction transaction, long snippet) throws SQLException {
    PreparedStatement delete =
        transaction.prepare(
            "delete from snippet where number = ?1"
                + " and not exists (select 1 from blob_snippet where snippet = ?1)");
    delete.setLong(1, snippet);
    delete.executeUpdate();
  }

  private static List<Long> numbers(PreparedStatement query) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return numbers;
  }
}

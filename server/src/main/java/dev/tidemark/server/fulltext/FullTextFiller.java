package dev.tidemark.server.fulltext;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Indexes the words of messages that were appended, a little later than they were.
 *
 * <ol>
 *   <li>The rows indexed and the watermark change in one transaction: a crash leaves both as they
 *       were.
 *   <li>The watermark never falls, and every message up to it is indexed with its present text.
 * </ol>
 *
 * <p>Its transactions go behind everybody else's. Only while somebody waits in {@link #await} they
 * stand in line with the appends: else a flood of appends would keep searches from what was written
 * before them. Safe for use by several threads, but not on those of the reader pool.
 */
public final class FullTextFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FullTextFiller.class);

  /** How long a message waits that nobody searches for: several share a transaction. */
  private static final Duration POLL = Duration.ofMillis(300);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  /** Rows of one transaction: one to ten milliseconds of writing. */
  private static final int FEWEST_ROWS = 500;

  private static final int MOST_ROWS = 4_000;
  private static final long MOST_BYTES = 512 * 1024;

  /** So many transactions are to bring a backlog to its end. */
  private static final int STEPS_OF_A_BACKLOG = 4;

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final Semaphore wake = new Semaphore(0);
  private final Object progress = new Object();
  private final Thread thread;
  private long reached; // guarded by progress
  private int waiting; // guarded by progress
  private volatile boolean closing;

  /** The watermark and the greatest number there is, of one moment. */
  private record State(long watermark, long newest) {
    long missing() {
      return Math.max(0, newest - watermark);
    }
  }

  /** The rows of one transaction: above {@code from}, up to {@code to}. */
  private record Span(long from, long to) {}

  /** Starts the thread that fills. */
  public FullTextFiller(GroupWriter writer, ReaderPool readers) {
    this.writer = writer;
    this.readers = readers;
    this.thread = Thread.ofPlatform().name("full-text").daemon().start(this::work);
  }

  /**
   * Waits until every message that is stored at this moment can be found by its words.
   *
   * @return false when that took longer than {@code patience}
   */
  public boolean await(Duration patience) {
    State start = readers.read(FullTextFiller::state);
    if (start.missing() == 0) {
      return true;
    }
    wake.release();
    long end = System.nanoTime() + patience.toNanos();
    synchronized (progress) {
      waiting++;
      try {
        long left = patience.toMillis();
        while (reached < start.newest() && left > 0 && !closing) {
          progress.wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        waiting--;
      }
      if (reached >= start.newest()) {
        return true;
      }
    }
    State now = readers.read(FullTextFiller::state); // the newest ones may have gone meanwhile
    return now.watermark() >= Math.min(start.newest(), now.newest());
  }

  /** Messages that cannot be found by their words yet; an upper bound. */
  public long missing() {
    return readers.read(FullTextFiller::state).missing();
  }

  private static State state(StatementCache reader) throws SQLException {
    try (ResultSet row = reader.prepare(FullTextTables.STATE).executeQuery()) {
      return row.next() ? new State(row.getLong(1), row.getLong(2)) : new State(0, 0);
    }
  }

  private void work() {
    long looked = -1;
    while (!closing) {
      Duration pause = POLL;
      try {
        long commits = writer.groups();
        if (commits != looked) {
          Span next = readers.read(FullTextFiller::next);
          while (next != null && !closing) {
            fill(next);
            next = readers.read(FullTextFiller::next);
          }
          looked = commits;
        }
      } catch (DatabaseException e) {
        if (!closing) {
          LOG.error("Indexing the words of messages was interrupted by the database", e);
        }
        pause = AFTER_A_FAILURE;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        LOG.error("Indexing the words of messages failed and will be tried again", e);
        pause = AFTER_A_FAILURE;
      }
      rest(pause);
    }
  }

  private void rest(Duration pause) {
    try {
      if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  /** The next rows to index, or null. */
  private static @Nullable Span next(StatementCache reader) throws SQLException {
    State state = state(reader);
    if (state.missing() == 0) {
      return null;
    }
    long rows = Math.clamp(state.missing() / STEPS_OF_A_BACKLOG, FEWEST_ROWS, MOST_ROWS);
    PreparedStatement ahead = reader.prepare(FullTextTables.AHEAD);
    ahead.setLong(1, state.watermark());
    ahead.setLong(2, rows);
    long to = state.watermark();
    try (ResultSet row = ahead.executeQuery()) {
      long bytes = 0;
      while (bytes < MOST_BYTES && row.next()) {
        to = row.getLong(1);
        bytes += row.getLong(2);
      }
    }
    return new Span(state.watermark(), to);
  }

  private void fill(Span span) throws InterruptedException {
    GroupWriter.Work<Long> work =
        transaction -> new Verdict.Keep<>(fill(transaction, span.from(), span.to()));
    long to = isSomebodyWaiting() ? writeAmongAppends(work) : writer.writeInBackground(work);
    synchronized (progress) {
      reached = to;
      progress.notifyAll();
    }
  }

  private boolean isSomebodyWaiting() {
    synchronized (progress) {
      return waiting > 0;
    }
  }

  private long writeAmongAppends(GroupWriter.Work<Long> work) throws InterruptedException {
    try {
      return writer.submit(0, work).get();
    } catch (GroupWriter.Overloaded e) {
      return writer.writeInBackground(work);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("indexing words failed", e.getCause());
    }
  }

  /** Indexes the rows above {@code from}, up to {@code to}. */
  private static long fill(WriteTransaction transaction, long from, long to) throws SQLException {
    if (transaction.update(FullTextTables.RAISE, to, from) != 1) {
      throw new IllegalStateException("the watermark of full text is not at " + from);
    }
    transaction.update(FullTextTables.FILL, from, to);
    return to;
  }

  /** Waits for the transaction under way. What is missing then is indexed after the next start. */
  @Override
  public void close() {
    closing = true;
    wake.release();
    synchronized (progress) {
      progress.notifyAll();
    }
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

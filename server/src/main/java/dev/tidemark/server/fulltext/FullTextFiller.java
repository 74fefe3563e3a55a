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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * <p>A thread of its own fills behind everybody else. Whoever searches ({@link #await}) fills what
 * is missing at that moment in line with the appends: under a flood of them the background's turn
 * comes too late. So does the thread while very much is missing, or it would fall back without end.
 * Safe for use by several threads, but not on those of the reader pool.
 */
public final class FullTextFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FullTextFiller.class);

  /** How long a message waits that nobody searches for: several share a transaction. */
  private static final Duration POLL = Duration.ofMillis(300);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  /** How much one transaction indexes. */
  private enum Pace {
    /** One to ten milliseconds of writing. */
    EASY(4_000, 512 * 1024),
    /** One transaction for everything that a search waits for, where that can be. */
    HURRIED(16_000, 2 * 1024 * 1024);

    private final int mostRows;
    private final long mostBytes;

    Pace(int mostRows, long mostBytes) {
      this.mostRows = mostRows;
      this.mostBytes = mostBytes;
    }
  }

  private static final int FEWEST_ROWS = 500;

  /** With more rows to index than that, appends have to let the filler in. */
  private static final int MOST_BEHIND = 10_000;

  /** So many transactions are to bring a backlog to its end while nobody waits. */
  private static final int STEPS_OF_A_BACKLOG = 4;

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** The watermark and the greatest number there is, of one moment. */
  private record State(long watermark, long newest) {
    long missing() {
      return Math.max(0, newest - watermark);
    }
  }

  /** What one transaction is to index: up to {@code to}, of so many missing. */
  private record Step(long to, long missing) {}

  /** Starts the thread that fills. */
  public FullTextFiller(GroupWriter writer, ReaderPool readers) {
    this.writer = writer;
    this.readers = readers;
    this.thread = Thread.ofPlatform().name("full-text").daemon().start(this::work);
  }

  /**
   * Makes every message that is stored at this moment findable by its words.
   *
   * @return false when that takes longer than {@code patience}
   * @throws DatabaseException when reading or writing failed
   */
  public boolean await(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    State start = readers.read(FullTextFiller::state);
    long watermark = start.watermark();
    try {
      while (watermark < start.newest()) {
        Step step = next(Pace.HURRIED);
        if (step == null) {
          return true; // others were faster, or the newest ones are gone
        }
        long left = end - System.nanoTime();
        watermark = writer.submit(0, filling(step)).get(Math.max(0, left), TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (TimeoutException | GroupWriter.Overloaded e) {
      return false; // it is done a little later, and does no harm then
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw failure(e);
    }
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
    boolean open = true;
    while (open) {
      Duration pause = POLL;
      try {
        long commits = writer.groups();
        if (commits != looked) {
          fillAll();
          looked = commits;
        }
        open = !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        open = false;
      } catch (DatabaseException e) {
        open = restAfter(e);
      } catch (RuntimeException | Error e) {
        LOG.error("Indexing the words of messages failed and will be tried again", e);
        open = restAfter(null);
      }
    }
  }

  private void fillAll() throws InterruptedException {
    Step step = next(Pace.EASY);
    while (step != null && closed.getCount() > 0) {
      if (step.missing() > MOST_BEHIND) {
        writeAmongAppends(step);
      } else {
        writer.writeInBackground(filling(step));
      }
      step = next(Pace.EASY);
    }
  }

  /** Waits a while before the next attempt; false when this was closed meanwhile. */
  private boolean restAfter(@Nullable DatabaseException e) {
    if (e != null && closed.getCount() > 0) {
      LOG.error("Indexing the words of messages was interrupted by the database", e);
    }
    try {
      return !closed.await(AFTER_A_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      return false;
    }
  }

  private void writeAmongAppends(Step step) throws InterruptedException {
    try {
      writer.submit(0, filling(step)).get();
    } catch (GroupWriter.Overloaded e) {
      writer.writeInBackground(filling(step));
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("indexing words failed", e.getCause());
  }

  /** What to index next, or null. */
  private @Nullable Step next(Pace pace) {
    return readers.read(reader -> {
      State state = state(reader);
      return state.missing() == 0 ? null : next(reader, state, pace);
    });
  }

  private static @Nullable Step next(StatementCache reader, State state, Pace pace)
      throws SQLException {
    long rows =
        switch (pace) {
          case EASY -> Math.max(FEWEST_ROWS, state.missing() / STEPS_OF_A_BACKLOG);
          case HURRIED -> state.missing();
        };
    PreparedStatement ahead = reader.prepare(FullTextTables.AHEAD);
    ahead.setLong(1, state.watermark());
    ahead.setLong(2, Math.min(rows, pace.mostRows));
    ahead.setLong(3, pace.mostBytes);
    try (ResultSet row = ahead.executeQuery()) {
      long to = row.next() ? row.getLong(1) : 0;
      return to > state.watermark() ? new Step(to, state.missing()) : null;
    }
  }

  private static GroupWriter.Work<Long> filling(Step step) {
    return transaction -> new Verdict.Keep<>(fill(transaction, step.to()));
  }

  /**
   * Indexes the rows above the watermark, up to {@code to}; nothing where somebody was faster.
   *
   * @return the watermark
   */
  private static long fill(WriteTransaction transaction, long to) throws SQLException {
    long from = 0;
    try (ResultSet row = transaction.prepare(FullTextTables.WATERMARK).executeQuery()) {
      from = row.next() ? row.getLong(1) : 0;
    }
    if (from >= to) {
      return from;
    }
    if (transaction.update(FullTextTables.RAISE, to, from) != 1) {
      throw new IllegalStateException("the watermark of full text is not at " + from);
    }
    transaction.update(FullTextTables.FILL, from, to);
    return to;
  }

  /** Waits for the transaction under way. What is missing then is indexed after the next start. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

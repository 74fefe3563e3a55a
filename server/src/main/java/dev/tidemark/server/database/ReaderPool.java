package dev.tidemark.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * A few platform threads, each with its own read-only connection. Callers are usually virtual
 * threads and wait here without occupying a carrier. A query past its deadline is interrupted and
 * the connection goes on to the next one; when too many wait, the caller is refused at once.
 */
public final class ReaderPool implements AutoCloseable {
  private static final int WAITING_LIMIT = 10_000;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** One read on a connection that nobody else uses meanwhile. */
  @FunctionalInterface
  public interface Read<T extends @Nullable Object> {
    T run(StatementCache reader) throws SQLException;
  }

  private final ThreadPoolExecutor threads;
  private final ThreadLocal<StatementCache> connections;
  private final List<Connection> opened = new ArrayList<>();
  private final ScheduledExecutorService deadlines;
  private final Duration deadline;
  private final SlowQueries slow = new SlowQueries();

  public ReaderPool(SqliteFile file, int size) {
    this(file, size, DEADLINE);
  }

  ReaderPool(SqliteFile file, int size, Duration deadline) {
    this.deadline = deadline;
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_LIMIT),
            Thread.ofPlatform().name("reader-", 0).daemon().factory());
    this.deadlines =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reader-deadline").daemon().factory());
    this.connections = ThreadLocal.withInitial(() -> open(file));
  }

  /** Statements that took long. */
  public SlowQueries slowQueries() {
    return slow;
  }

  /** Reads that wait for a thread at this moment. */
  public int waiting() {
    return threads.getQueue().size();
  }

  private StatementCache open(SqliteFile file) {
    try {
      Connection connection = file.openReader();
      synchronized (opened) {
        opened.add(connection);
      }
      return new StatementCache(connection);
    } catch (SQLException e) {
      throw new DatabaseException("Opening a read-only connection", e);
    }
  }

  /**
   * Runs a read and waits for it.
   *
   * @throws DatabaseException when the query failed, took longer than its deadline, or too many
   *     reads wait already
   */
  public <T extends @Nullable Object> T read(Read<T> read) {
    try {
      return submit(read).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Hands in a read and goes on. A read may hand in another one, but must not wait for one that has
   * not begun: it may never begin.
   *
   * @return completed on the thread of the read
   * @throws DatabaseException at once when too many reads wait already
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(Read<T> read) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(() -> run(read, result));
    } catch (RejectedExecutionException e) {
      throw new DatabaseException(
          "Too many reads are waiting (" + WAITING_LIMIT + ")", DatabaseException.Kind.BUSY);
    }
    return result;
  }

  private <T extends @Nullable Object> void run(Read<T> read, CompletableFuture<T> result) {
    try {
      StatementCache reader = connections.get();
      ScheduledFuture<?> alarm =
          deadlines.schedule(
              () -> interrupt(reader.connection()), deadline.toMillis(), TimeUnit.MILLISECONDS);
      reader.beginRead();
      long start = System.nanoTime();
      T answer;
      try {
        answer = read.run(reader);
      } finally {
        alarm.cancel(false);
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (millis >= SlowQueries.THRESHOLD.toMillis()) {
          String sql = reader.slowestOfRead();
          slow.add(
              sql.isEmpty() ? "(between statements)" : sql, millis, System.currentTimeMillis());
        }
      }
      result.complete(answer); // last: whoever got it finds a slow one remembered
    } catch (SQLException e) {
      result.completeExceptionally(new DatabaseException("Reading the database", e));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private static void interrupt(Connection connection) {
    try {
      ((SQLiteConnection) connection).getDatabase().interrupt();
    } catch (SQLException e) {
      throw new DatabaseException("Interrupting a query", e);
    }
  }

  /** Waits for the running reads and closes the connections. */
  @Override
  public void close() {
    threads.shutdown();
    deadlines.shutdownNow();
    try {
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
      synchronized (opened) {
        for (Connection connection : opened) {
          connection.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new DatabaseException("Closing a read-only connection", e);
    }
  }
}

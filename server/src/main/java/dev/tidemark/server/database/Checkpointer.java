package dev.tidemark.server.database;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings committed pages from the write-ahead log into the file a little at a time, on a thread and
 * a connection of its own, while the writer goes on. The writer still has to do the rest once the
 * log is long, because only between two commits the log can be emptied; what is left for it then is
 * what the last quarter of a second wrote, not everything.
 */
final class Checkpointer implements AutoCloseable {
  private static final long PAUSE_MILLIS = 250;

  private final SqliteFile file;
  private final Semaphore commits = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  Checkpointer(SqliteFile file) {
    this.file = file;
    this.thread = Thread.ofPlatform().name("checkpointer").daemon().start(this::loop);
  }

  /** Something was committed. Never waits. */
  void committed() {
    if (commits.availablePermits() == 0) {
      commits.release();
    }
  }

  private void loop() {
    @Nullable StatementCache connection = null;
    try {
      commits.acquire();
      while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        commits.drainPermits();
        connection = checkpoint(connection);
        commits.acquire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() ends this thread
    } finally {
      disconnect(connection);
    }
  }

  /** The connection to go on with; null after a failure, which the writer will meet and report. */
  private @Nullable StatementCache checkpoint(@Nullable StatementCache connection) {
    StatementCache open = connection;
    try {
      if (open == null) {
        open = new StatementCache(file.openWriter());
      }
      try (Statement statement = open.connection().createStatement()) {
        statement.execute("pragma wal_checkpoint(passive)");
      }
      return open;
    } catch (SQLException e) {
      disconnect(open);
      return null;
    }
  }

  private static void disconnect(@Nullable StatementCache connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.connection().close();
    } catch (SQLException e) {
      return; // nothing was written through it that the file does not have
    }
  }

  /** Waits for a checkpoint under way. Close the writer after it: the last one empties the log. */
  @Override
  public void close() {
    closing.countDown();
    committed();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.tidemark.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/**
 * The one thread that writes. It takes everything that waits, up to a limit, runs it in one
 * immediate transaction and commits with one flush: group commit.
 *
 * <ol>
 *   <li>Works run in the order of {@link #submit}; each sees the changes of those before it.
 *   <li>A caller is answered after the commit that holds its changes is durable, never before;
 *       {@link #writeRepeatable} alone promises less.
 *   <li>A work that is undone or fails takes nothing of the others with it.
 *   <li>{@link WriteTransaction#afterCommit} actions run in commit order, before the answers.
 * </ol>
 *
 * <p>Groups run without savepoints first, because savepoints cost two statements and a journal for
 * each work. Only when a work is undone after it changed something, the group is rolled back and
 * run again with a savepoint around each work: a work may therefore run twice and must have no
 * effects outside of its transaction.
 *
 * <p>Works of the background (indexing, embedding) wait in a queue of their own. One of them runs,
 * alone in its transaction, when nothing else waits, or after {@link #GROUPS_BEFORE_BACKGROUND}
 * groups went before it: what people write waits for one short transaction at most, and indexing
 * goes on under load.
 */
public final class GroupWriter implements AutoCloseable {
  private static final int WAITING_LIMIT = 4_096;
  private static final long WAITING_LIMIT_BYTES = 64L << 20;
  private static final int GROUP_LIMIT = 512;
  private static final long GROUP_LIMIT_BYTES = 4L << 20;
  private static final long IDLE_CHECKPOINT_MILLIS = 2_000;
  private static final int BACKGROUND_WAITING_LIMIT = 64;
  static final int GROUPS_BEFORE_BACKGROUND = 16;

  /** Some writing. May run twice; see {@link GroupWriter}. */
  @FunctionalInterface
  public interface Work<T> {
    Verdict<T> run(WriteTransaction transaction) throws SQLException;
  }

  /** Too much waits to be written: try again in a moment. */
  public static final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overloaded() {
      super("Too many writes are waiting; try again in a moment.", null, false, false);
    }
  }

  private final SqliteFile file;
  private final ArrayBlockingQueue<WaitingWork<?>> queue = new ArrayBlockingQueue<>(WAITING_LIMIT);
  private final ArrayBlockingQueue<WaitingWork<?>> background =
      new ArrayBlockingQueue<>(BACKGROUND_WAITING_LIMIT);

  /** One permit for each work in a queue; a work that was failed instead of run may leave one. */
  private final Semaphore arrivals = new Semaphore(0);

  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong groups = new AtomicLong();
  private final AtomicLong works = new AtomicLong();
  private final Checkpointer checkpointer;
  private final Thread thread;
  private volatile boolean closing;

  private @Nullable StatementCache statements;
  private Map<Class<?>, Object> perConnection = new HashMap<>();
  private boolean checkpointDue;
  private int groupsSinceBackground;

  /**
   * Opens the writing connection and starts the thread.
   *
   * @throws DatabaseException when the file cannot be opened for writing
   */
  public GroupWriter(SqliteFile file) {
    this.file = file;
    connect();
    this.checkpointer = new Checkpointer(file);
    this.thread = Thread.ofPlatform().name("writer").start(this::loop);
  }

  /**
   * Hands in a work.
   *
   * @param weightBytes rough size of what the work holds in memory while it waits
   * @return completed on the writer thread after the commit, or exceptionally with what the work
   *     threw or with a {@link DatabaseException}
   * @throws Overloaded at once when too much waits
   */
  public <T> CompletableFuture<T> submit(int weightBytes, Work<T> work) {
    WaitingWork<T> waiting = new WaitingWork<>(work, weightBytes, true);
    if (waitingBytes.addAndGet(weightBytes) > WAITING_LIMIT_BYTES || !queue.offer(waiting)) {
      waitingBytes.addAndGet(-weightBytes);
      throw new Overloaded();
    }
    arrivals.release();
    if (closing) {
      failAllWaiting();
    }
    return waiting.result();
  }

  /**
   * Hands in a work of the background and waits until it is durable: at most a few milliseconds of
   * writing each, so that nobody else waits long. A full queue makes the caller wait:
   * back-pressure.
   *
   * @return what the work answered
   * @throws DatabaseException when the write failed or the server is stopping
   */
  public <T> T writeInBackground(Work<T> work) throws InterruptedException {
    return awaitInBackground(new WaitingWork<>(work, 0, true));
  }

  /**
   * Like {@link #writeInBackground}, for what would be found missing and written again if the
   * machine lost its power: the commit does not wait for the disk. The end of the process loses
   * nothing, and the next flushed commit covers it, because all share one log.
   */
  public <T> T writeRepeatable(Work<T> work) throws InterruptedException {
    return awaitInBackground(new WaitingWork<>(work, 0, false));
  }

  private <T> T awaitInBackground(WaitingWork<T> waiting) throws InterruptedException {
    background.put(waiting);
    arrivals.release();
    if (closing) {
      failAllWaiting();
    }
    try {
      return waiting.result().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("writing in the background failed", e.getCause());
    }
  }

  /** Works that wait at this moment. */
  public int waiting() {
    return queue.size();
  }

  /** Works of the background that wait at this moment. */
  public int waitingInBackground() {
    return background.size();
  }

  /** Whether the thread runs; it ends with {@link #close} only. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Group commits so far. */
  public long groups() {
    return groups.get();
  }

  /** Works run so far. */
  public long works() {
    return works.get();
  }

  private void loop() {
    List<WaitingWork<?>> group = new ArrayList<>();
    while (true) {
      try {
        boolean arrived = arrivals.tryAcquire(IDLE_CHECKPOINT_MILLIS, TimeUnit.MILLISECONDS);
        if (take(group)) {
          runGroup(group);
        } else if (closing) {
          break;
        } else if (!arrived) {
          checkpointWhenIdle();
        }
      } catch (InterruptedException e) {
        if (closing && queue.isEmpty() && background.isEmpty()) {
          break;
        }
      } finally {
        group.clear();
      }
    }
    failAllWaiting();
    checkpointer.close();
    disconnect();
  }

  /** Fills the next group; false when nothing waits. Takes a permit for each work but the first. */
  private boolean take(List<WaitingWork<?>> group) {
    boolean turnOfBackground = groupsSinceBackground >= GROUPS_BEFORE_BACKGROUND;
    WaitingWork<?> first = turnOfBackground ? null : queue.poll();
    if (first == null) {
      groupsSinceBackground = 0;
      WaitingWork<?> alone = background.poll();
      if (alone != null) {
        group.add(alone);
        return true;
      }
      first = queue.poll();
    }
    if (first == null) {
      return false;
    }
    groupsSinceBackground++;
    collect(first, group);
    return true;
  }

  private void collect(WaitingWork<?> first, List<WaitingWork<?>> group) {
    long bytes = 0;
    WaitingWork<?> next = first;
    while (next != null) {
      group.add(next);
      bytes += next.weightBytes();
      waitingBytes.addAndGet(-next.weightBytes());
      next = group.size() < GROUP_LIMIT && bytes < GROUP_LIMIT_BYTES ? queue.poll() : null;
      if (next != null) {
        arrivals.tryAcquire();
      }
    }
  }

  private void runGroup(List<WaitingWork<?>> group) {
    works.addAndGet(group.size());
    try {
      boolean flushed = group.getFirst().isFlushed();
      if (!flushed) {
        execute(connected().connection(), "pragma synchronous = normal");
      }
      WriteTransaction transaction = attempt(group, false);
      if (transaction == null) {
        transaction = attempt(group, true);
      }
      if (!flushed) { // after a failure the connection is opened anew
        execute(connected().connection(), "pragma synchronous = full");
      }
      if (transaction == null) {
        throw new IllegalStateException("a group with savepoints must come to an end");
      }
      groups.incrementAndGet();
      checkpointDue = true;
      checkpointer.committed();
      transaction.runAfterCommit();
      group.forEach(WaitingWork::answer);
    } catch (SQLException e) {
      DatabaseException failure = new DatabaseException("Writing the database", e);
      group.forEach(waiting -> waiting.result().completeExceptionally(failure));
      reconnect();
    } catch (RuntimeException | Error e) {
      group.forEach(waiting -> waiting.result().completeExceptionally(e));
      reconnect();
    }
  }

  /** Runs and commits the group; null when it was rolled back because one work must be undone. */
  private @Nullable WriteTransaction attempt(List<WaitingWork<?>> group, boolean savepoints)
      throws SQLException {
    StatementCache open = connected();
    Connection connection = open.connection();
    DB database = ((SQLiteConnection) connection).getDatabase();
    WriteTransaction transaction = new WriteTransaction(open, perConnection);
    connection.setAutoCommit(false);
    for (WaitingWork<?> waiting : group) {
      int mark = transaction.mark();
      long changesBefore = database.total_changes();
      if (savepoints) {
        execute(connection, "savepoint work");
      }
      boolean keep = waiting.run(transaction);
      if (!keep && savepoints) {
        execute(connection, "rollback to work");
        transaction.undoTo(mark);
      } else if (!keep && database.total_changes() != changesBefore) {
        connection.rollback();
        connection.setAutoCommit(true);
        return null;
      } else if (!keep) {
        transaction.undoTo(mark);
      }
      if (savepoints) {
        execute(connection, "release work");
      }
    }
    connection.setAutoCommit(true);
    return transaction;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Brings the WAL back to nothing when nobody writes, so that readers and backups stay fast. */
  private void checkpointWhenIdle() {
    if (!checkpointDue) {
      return;
    }
    try (Statement statement = connected().connection().createStatement()) {
      // Without waiting for readers: whoever wants to write meanwhile would wait with us.
      statement.execute("pragma busy_timeout = 0");
      try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
        checkpointDue = row.next() && row.getInt(1) != 0;
      }
      statement.execute("pragma busy_timeout = " + SqliteFile.BUSY_TIMEOUT_MILLIS);
    } catch (SQLException | DatabaseException e) {
      reconnect(); // restores the time-out, or leaves it to the next group to report
    }
  }

  private StatementCache connected() {
    if (statements == null) {
      connect();
    }
    if (statements == null) {
      throw new IllegalStateException("connect() must set the connection or throw");
    }
    return statements;
  }

  private void connect() {
    try {
      statements = new StatementCache(file.openWriter());
      perConnection = new HashMap<>();
    } catch (SQLException e) {
      throw new DatabaseException("Opening the writing connection", e);
    }
  }

  /** After a failed commit the state of the old connection is not worth knowing. */
  private void reconnect() {
    disconnect();
    try {
      connect();
    } catch (DatabaseException e) {
      statements = null; // the next group tries again and reports
    }
  }

  private void disconnect() {
    StatementCache open = statements;
    statements = null;
    if (open != null) {
      try {
        open.connection().close();
      } catch (SQLException e) {
        statements = null; // a connection that failed may fail once more; the file is safe
      }
    }
  }

  private void failAllWaiting() {
    for (ArrayBlockingQueue<WaitingWork<?>> works : List.of(queue, background)) {
      WaitingWork<?> waiting = works.poll();
      while (waiting != null) {
        waitingBytes.addAndGet(-waiting.weightBytes());
        waiting
            .result()
            .completeExceptionally(
                new DatabaseException("The server is stopping.", DatabaseException.Kind.BUSY));
        waiting = works.poll();
      }
    }
  }

  /** Writes what waits, then stops the thread. Later works fail. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.tidemark.server.eventlog;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The log of all spaces: appends through the group writer, reads through the pool. Callable from
 * any thread.
 */
public final class EventLog {
  private final GroupWriter writer;
  private final ReaderPool readers;
  private final Clock clock;
  private volatile CommitListener listener = (space, events) -> {};

  public EventLog(GroupWriter writer, ReaderPool readers, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  /** Sets who hears of commits; before anything is appended. */
  public void onCommit(CommitListener commitListener) {
    listener = commitListener;
  }

  /**
   * Appends a batch wholly or not at all.
   *
   * @return completed after the commit is durable
   * @throws GroupWriter.Overloaded at once when too much waits to be written
   */
  public CompletableFuture<AppendResult> append(Batch batch) {
    return writer.submit(batch.weightBytes(), transaction -> appendIn(transaction, batch));
  }

  /** Appends inside somebody's transaction, for what changes together with other tables. */
  public Verdict<AppendResult> appendIn(WriteTransaction transaction, Batch batch)
      throws SQLException {
    return transaction
        .perConnection(LogAppender.class, LogAppender::new)
        .append(transaction, batch, clock.millis(), listener);
  }

  /**
   * Up to {@code limit} events after a position, in order, with the head at the same moment; null
   * when {@code user} is no member of the space, or there is none.
   */
  public @Nullable EventPage page(String space, String user, long after, int limit) {
    return readers.read(reader -> LogReader.page(reader, space, user, after, limit));
  }

  /** The spaces of a user with their heads, the personal one included, ordered by id. */
  public List<SpaceHead> spacesOf(String user) {
    return readers.read(reader -> LogReader.spacesOf(reader, user));
  }

  /** One space as {@code user} sees it, or null when they are no member. */
  public @Nullable SpaceHead spaceOf(String user, String space) {
    return readers.read(reader -> LogReader.spaceOf(reader, user, space));
  }

  /** The chain hash at a position as cursors carry it, or null where there is no such position. */
  public @Nullable String hashAt(String space, long position) {
    return readers.read(reader -> LogReader.hashAt(reader, space, position));
  }
}

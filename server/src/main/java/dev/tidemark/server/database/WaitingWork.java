package dev.tidemark.server.database;

import dev.tidemark.protocol.database.SqlException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** A work in the queue of {@link GroupWriter}, with the answer of its latest attempt. */
final class WaitingWork<T> {
  private final GroupWriter.Work<T> work;
  private final int weightBytes;
  private final boolean flushed;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private @Nullable Verdict<T> verdict;
  private @Nullable Throwable failure;

  WaitingWork(GroupWriter.Work<T> work, int weightBytes, boolean flushed) {
    this.work = work;
    this.weightBytes = weightBytes;
    this.flushed = flushed;
  }

  /** Whether the commit waits for the disk. One that does not is alone in its group. */
  boolean isFlushed() {
    return flushed;
  }

  int weightBytes() {
    return weightBytes;
  }

  /** What the caller waits for. */
  CompletableFuture<T> result() {
    return result;
  }

  /** Whether the changes of the work stay. A failing disk is thrown: it ends the whole group. */
  boolean run(WriteTransaction transaction) throws SQLException {
    verdict = null;
    failure = null;
    try {
      verdict = work.run(transaction);
      return verdict instanceof Verdict.Keep<T>;
    } catch (SqlException e) {
      if (endsTheGroup(e.code())) {
        throw new SQLException(e.getMessage(), e);
      }
      failure = e;
      return false;
    } catch (SQLiteException e) {
      if (endsTheGroup(e.getResultCode().code & 0xff)) {
        throw e;
      }
      failure = e;
      return false;
    } catch (RuntimeException e) {
      failure = e;
      return false;
    }
  }

  /** A refused row is the fault of its work; a full or failing disk concerns everybody. */
  private static boolean endsTheGroup(int primaryCode) {
    return primaryCode == SqlException.FULL
        || primaryCode == SqlException.IO_ERROR
        || primaryCode == SqlException.CORRUPT
        || primaryCode == SqlException.BUSY;
  }

  void answer() {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (verdict != null) {
      result.complete(verdict.answer());
    } else {
      result.completeExceptionally(new IllegalStateException("a work was not run"));
    }
  }
}

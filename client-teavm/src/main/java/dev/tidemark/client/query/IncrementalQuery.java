package dev.tidemark.client.query;

import dev.tidemark.protocol.database.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the result of one live query from the changes of commits, at a cost that depends on the
 * changes alone. Fill it, then hand it the changes of every later commit that {@link
 * Subscriptions#match} finds for it, in order; the result always equals that of a fresh run. Not
 * thread-safe.
 */
public sealed interface IncrementalQuery permits IncrementalTimeline, IncrementalCount {

  /** The statement that gives the rows to start from: more of them than the result has. */
  String fillSql();

  /** What the statement's {@code ?} stand for. */
  @Nullable Object[] fillParameters();

  /** Starts from the rows of {@link #fillSql()} at this commit; gives the query's result. */
  ResultSet fill(ResultSet rows);

  /**
   * Takes in the changes of one commit.
   *
   * @throws IllegalStateException before the first {@link #fill}
   */
  Outcome apply(List<Change> changes);

  /** What became of the result. */
  sealed interface Outcome {

    /** The result is what it was. */
    record Same() implements Outcome {}

    record Changed(ResultSet result) implements Outcome {}

    /** Rows from beyond what is kept are needed: run {@link #fillSql()} and {@link #fill} again. */
    record NeedsFill() implements Outcome {}
  }
}

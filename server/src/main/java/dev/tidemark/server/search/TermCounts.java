package dev.tidemark.server.search;

import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many rows hold a term, counted up to {@link #MANY} and remembered for a while: enough to know
 * rare words from common ones. Never shown to anybody, because it counts what the asker may not
 * read. Safe on any thread.
 */
final class TermCounts {
  /** A term that more rows hold says little about any of them. */
  static final int MANY = 20_000;

  private static final int REMEMBERED = 4_096;
  private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();

  private record Key(WordTable table, String match) {}

  private record Count(int rows, long atNanos) {}

  private final LongSupplier nanoTime;
  private final Map<Key, Count> counts =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
          return size() > REMEMBERED;
        }
      };

  TermCounts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Rows that hold the term, at most {@link #MANY} + 1. */
  int of(StatementCache reader, WordTable table, QueryText.Term term) throws SQLException {
    Key key = new Key(table, term.match());
    long now = nanoTime.getAsLong();
    synchronized (counts) {
      Count known = counts.get(key);
      if (known != null && now - known.atNanos() < FRESH_NANOS) {
        return known.rows();
      }
    }
    int rows = count(reader, table, key.match());
    if (rows > 0) { // a word that is nowhere is soon counted, and may be written at any moment
      synchronized (counts) {
        counts.put(key, new Count(rows, now));
      }
    }
    return rows;
  }

  private static int count(StatementCache reader, WordTable table, String match)
      throws SQLException {
    PreparedStatement query = reader.prepare(table.count);
    query.setString(1, match);
    query.setInt(2, MANY + 1);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}

package dev.tidemark.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection with its prepared statements, each prepared once and kept. The texts come from
 * code, never from input, so their number is bounded. Not thread-safe: it belongs to the thread
 * that owns the connection.
 */
public final class StatementCache {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private String current = "";
  private long currentSince;
  private String slowest = "";
  private long slowestNanos;

  public StatementCache(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /** The statement of that text, with the parameters of its last use still bound. */
  public PreparedStatement prepare(String sql) throws SQLException {
    note(sql);
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** The time up to now belongs to the statement that was asked for before. */
  private void note(String next) {
    long now = System.nanoTime();
    if (now - currentSince > slowestNanos) {
      slowest = current;
      slowestNanos = now - currentSince;
    }
    current = next;
    currentSince = now;
  }

  /** Begins to measure a read. */
  void beginRead() {
    current = "";
    currentSince = System.nanoTime();
    slowestNanos = 0;
  }

  /** The statement with which the read spent the longest time in one go. */
  String slowestOfRead() {
    note("");
    return slowest;
  }
}

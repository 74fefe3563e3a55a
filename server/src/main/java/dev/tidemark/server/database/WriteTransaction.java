package dev.tidemark.server.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link GroupWriter.Work} sees of the group transaction it runs in. Used on the writer
 * thread only, and not after the work returned.
 */
public final class WriteTransaction {
  private final StatementCache statements;
  private final Map<Class<?>, Object> perConnection;
  private final Map<Class<?>, Object> perAttempt = new HashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  WriteTransaction(StatementCache statements, Map<Class<?>, Object> perConnection) {
    this.statements = statements;
    this.perConnection = perConnection;
  }

  public PreparedStatement prepare(String sql) throws SQLException {
    return statements.prepare(sql);
  }

  /**
   * Prepares a statement that changes rows, binds its parameters and runs it.
   *
   * @param values text, numbers, bytes or null, in the order of the parameters
   * @return how many rows it changed
   */
  public int update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeUpdate();
  }

  /** An object that lives as long as the writer's connection, such as a set of statements. */
  public <T> T perConnection(Class<T> type, Function<StatementCache, T> factory) {
    Object value = perConnection.get(type);
    if (value == null) {
      value = factory.apply(statements);
      perConnection.put(type, value);
    }
    return type.cast(value);
  }

  /**
   * An object that all works of this group share, dropped when the group is committed or undone:
   * what it remembers of the database stays true.
   */
  public <T> T perAttempt(Class<T> type, Supplier<T> factory) {
    Object value = perAttempt.get(type);
    if (value == null) {
      value = factory.get();
      perAttempt.put(type, value);
    }
    return type.cast(value);
  }

  /**
   * Runs on the writer thread once the group is durable, in the order of the calls. Must be quick.
   */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /** For {@link GroupWriter}: the state to come back to when one work is undone. */
  int mark() {
    return afterCommit.size();
  }

  void undoTo(int mark) {
    afterCommit.subList(mark, afterCommit.size()).clear();
    perAttempt.clear();
  }

  void runAfterCommit() {
    for (Runnable action : afterCommit) {
      action.run();
    }
  }
}

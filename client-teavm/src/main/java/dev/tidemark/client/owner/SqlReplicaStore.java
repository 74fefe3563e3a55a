package dev.tidemark.client.owner;

import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Key;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.database.SqlStatement;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.database.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replica's rows in SQLite. {@code synchronous} is switched between transactions: FULL for what
 * exists nowhere else, NORMAL for what the server still has.
 */
public final class SqlReplicaStore implements Store {
  private final Database rows;
  private final SqlConnection connection;
  private final SqlStatement begin;
  private final SqlStatement commit;
  private final SqlStatement rollback;
  private @Nullable Boolean durable;

  public SqlReplicaStore(SqlConnection connection) {
    this.connection = connection;
    this.rows = new SqlDatabase(connection);
    this.begin = connection.prepare("BEGIN IMMEDIATE");
    this.commit = connection.prepare("COMMIT");
    this.rollback = connection.prepare("ROLLBACK");
  }

  @Override
  public void begin(boolean wanted) {
    if (durable == null || durable != wanted) {
      connection.execute(wanted ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      durable = wanted;
    }
    run(begin);
  }

  @Override
  public void commit() {
    run(commit);
  }

  /**
   * After a write that found no room SQLite has rolled back by itself, and refuses to do it again.
   */
  @Override
  public void rollback() {
    if (connection.inTransaction()) {
      run(rollback);
    }
  }

  @Override
  public void savepoint() {
    connection.execute("SAVEPOINT rebase");
  }

  @Override
  public void rollbackToSavepoint() {
    connection.execute("ROLLBACK TO rebase");
  }

  @Override
  public void releaseSavepoint() {
    connection.execute("RELEASE rebase");
  }

  private static void run(SqlStatement statement) {
    try {
      statement.step();
    } finally {
      statement.reset();
    }
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    return rows.find(key, values);
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    return rows.insert(table, row);
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    rows.update(table, before, after);
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    rows.delete(table, row);
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    return rows.scan(table, limit, prefix);
  }
}

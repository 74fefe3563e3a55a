package dev.tidemark.client.query;

import dev.tidemark.protocol.contract.RecordingDatabase;
import dev.tidemark.protocol.contract.Replica;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.database.SqlStatement;
import dev.tidemark.protocol.jvm.JdbcSql;
import dev.tidemark.protocol.schema.Schema;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replica in SQLite in memory that tells what each commit has changed. */
final class QueriedReplica implements AutoCloseable {
  private final JdbcSql sql;
  private final RecordingDatabase database;
  private final Replica replica;

  QueriedReplica() {
    try {
      sql = new JdbcSql(DriverManager.getConnection("jdbc:sqlite::memory:"));
    } catch (SQLException e) {
      throw new IllegalStateException("opening a database in memory", e);
    }
    Schema.migrateReplica(sql);
    database = new RecordingDatabase(new SqlDatabase(sql));
    replica = new Replica(database, null);
  }

  RecordingDatabase database() {
    return database;
  }

  Replica replica() {
    return replica;
  }

  /** Changes since the last call, in order. */
  List<Change> commit() {
    List<Change> changes = new ArrayList<>(database.changes());
    database.changes().clear();
    return changes;
  }

  ResultSet run(String query, @Nullable Object... parameters) {
    SqlStatement statement = sql.prepare(query);
    for (int i = 0; i < parameters.length; i++) {
      statement.bind(i + 1, parameters[i]);
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    try {
      // The driver knows a statement's columns while it runs.
      boolean isRow = statement.step();
      for (int i = 0; i < statement.columnCount(); i++) {
        columns.add(statement.columnName(i));
      }
      while (isRow) {
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = statement.value(i);
        }
        rows.add(row);
        isRow = statement.step();
      }
    } finally {
      statement.reset();
    }
    return new ResultSet(columns, rows);
  }

  @Override
  public void close() {
    sql.close();
  }
}

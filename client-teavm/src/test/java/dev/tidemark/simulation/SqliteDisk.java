package dev.tidemark.simulation;

import dev.tidemark.client.owner.QueryEngine;
import dev.tidemark.client.owner.SqlReplicaStore;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.jvm.JdbcSql;
import dev.tidemark.protocol.schema.Schema;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The replica's real tables, triggers and search index, in a SQLite database in memory. */
final class SqliteDisk implements Disk {
  private final JdbcSql connection;

  SqliteDisk() {
    try {
      connection = new JdbcSql(DriverManager.getConnection("jdbc:sqlite::memory:"));
    } catch (SQLException e) {
      throw new IllegalStateException("opening a database in memory", e);
    }
    Schema.migrateReplica(connection);
  }

  @Override
  public QueryEngine queries() {
    return new SqlQueries(connection);
  }

  @Override
  public Store open() {
    return new SqlReplicaStore(connection);
  }

  /** A database in memory has no unsynced commits to lose. */
  @Override
  public void kill(@Nullable Dice dice) {
    if (connection.inTransaction()) {
      connection.execute("ROLLBACK");
    }
  }

  @Override
  public void close() {
    connection.execute(
        "INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)");
    connection.close();
  }
}

package dev.tidemark.protocol.database;

import dev.tidemark.protocol.TestDatabases;
import dev.tidemark.protocol.schema.Schema;
import org.junit.jupiter.api.AfterEach;

class SqlDatabaseTest extends DatabaseContract {
  private final SqlConnection connection = TestDatabases.inMemory();

  @Override
  Database open() {
    Schema.migrateReplica(connection);
    return new SqlDatabase(connection);
  }

  @AfterEach
  void close() {
    connection.close();
  }
}

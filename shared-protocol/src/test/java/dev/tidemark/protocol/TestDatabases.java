package dev.tidemark.protocol;

import dev.tidemark.protocol.jvm.JdbcSql;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Empty SQLite databases in memory. */
public final class TestDatabases {

  private TestDatabases() {}

  public static JdbcSql inMemory() {
    try {
      return new JdbcSql(DriverManager.getConnection("jdbc:sqlite::memory:"));
    } catch (SQLException e) {
      throw new IllegalStateException("opening a database in memory", e);
    }
  }
}

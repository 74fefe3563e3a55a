package dev.tidemark.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the file to the schema of this build: step N takes {@code user_version} from N - 1 to N,
 * each in its own transaction. A step that has shipped never changes.
 */
public final class Migrations {
  private Migrations() {}

  /**
   * @param steps scripts of DDL, the oldest first
   * @throws DataFolder.Unusable when the file was written by a newer build
   */
  public static void run(SqliteFile file, List<String> steps) {
    try (Connection connection = file.openWriter();
        Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version > steps.size()) {
        throw new DataFolder.Unusable(
            "The data folder was written by a newer Tidemark (schema "
                + version
                + ", this build knows "
                + steps.size()
                + "). Start the newer build.",
            null);
      }
      for (int step = version; step < steps.size(); step++) {
        connection.setAutoCommit(false);
        statement.executeUpdate(steps.get(step));
        statement.executeUpdate("pragma user_version = " + (step + 1));
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new DatabaseException("Bringing the database to the schema of this build", e);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("pragma user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}

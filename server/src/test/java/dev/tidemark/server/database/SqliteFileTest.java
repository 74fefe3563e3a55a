package dev.tidemark.server.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
  @TempDir Path folder;

  @Test
  void libraries_that_can_damage_a_file_are_refused_with_the_way_out() {
    for (String version : new String[] {"3.51.2", "3.7.0", "3.50.9", "3.9"}) {
      DataFolder.Unusable refused =
          assertThrows(
              DataFolder.Unusable.class, () -> SqliteFile.refuseOldVersion(version), version);
      assertTrue(String.valueOf(refused.getMessage()).contains("3.51.3 or newer"));
    }
    for (String version : new String[] {"3.51.3", "3.54.1", "3.100.0", "4.0"}) {
      assertDoesNotThrow(() -> SqliteFile.refuseOldVersion(version), version);
    }
  }

  @Test
  void the_library_of_this_build_is_safe() {
    assertDoesNotThrow(() -> new SqliteFile(folder.resolve("new.db")).refuseIfUnsafe());
  }

  @Test
  void the_writers_connection_is_set_up_for_durable_commits() throws SQLException {
    try (Connection writer = new SqliteFile(folder.resolve("x.db")).openWriter()) {
      assertEquals("wal", pragma(writer, "journal_mode"));
      assertEquals("2", pragma(writer, "synchronous"));
      assertEquals("1", pragma(writer, "secure_delete"));
      assertEquals("5000", pragma(writer, "busy_timeout"));
      assertEquals("4000", pragma(writer, "wal_autocheckpoint"));
      assertEquals("2", pragma(writer, "temp_store"));
      assertEquals("-65536", pragma(writer, "cache_size"));
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma " + name)) {
      return row.getString(1);
    }
  }

  @Test
  void a_folder_belongs_to_one_holder_at_a_time() {
    try (DataFolder first = DataFolder.open(folder)) {
      assertEquals(folder, first.path());
      assertNull(DataFolder.tryOpen(folder));
    }
    try (DataFolder next = DataFolder.open(folder)) {
      assertEquals(folder, next.path());
    }
  }
}

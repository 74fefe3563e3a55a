package dev.tidemark.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Migrations;
import dev.tidemark.server.database.SqliteFile;
import dev.tidemark.server.fulltext.FullTextCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders of earlier builds. */
class MigrationTest {
  private static final int FULL_TEXT_BY_TRIGGERS = 2;

  @TempDir Path data;

  @Test
  void messages_of_before_the_filler_are_found_after_the_migration() throws SQLException {
    Path database;
    try (DataFolder folder = DataFolder.open(data)) {
      database = folder.database();
      Migrations.run(new SqliteFile(database), Storage.SCHEMA.subList(0, FULL_TEXT_BY_TRIGGERS));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            """
            insert into message (space, id, channel, author, body, order_key, state, created_at,
              deleted, pinned, replies, reactions, version)
            with recursive n(value) as
              (select 1 union all select value + 1 from n where value < 3000)
            select 's', 'm' || value, 'c', 'a', 'tide ' || value, value, 0, 0, 0, 0, 0, 0, 1 from n
            """);
        statement.executeUpdate("update message set body = 'ebb' where number = 7");
      }
    }
    try (Storage storage = new Storage(DataFolder.open(data), Clock.systemUTC())) {
      assertTrue(storage.fullText().await(Duration.ofSeconds(30)));
      assertEquals(2_999, found(storage, "tide"));
      assertEquals(1, found(storage, "ebb"));
      assertEquals(List.of(), FullTextCheck.run(database));
    }
  }

  private static long found(Storage storage, String word) {
    return storage
        .readers()
        .read(reader -> {
          try (ResultSet row =
              reader
                  .prepare(
                      "select count(*) from message_text where message_text match '" + word + "'")
                  .executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }
}

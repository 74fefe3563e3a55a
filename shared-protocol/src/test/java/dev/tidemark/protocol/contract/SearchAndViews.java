package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlStatement;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.ReplicaTables.Setting;
import dev.tidemark.protocol.schema.ReplicaTables.Space;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only SQL can tell about the rows that {@link ProjectionSuite} left: the views that
 * applications read, and full text search.
 */
final class SearchAndViews {
  private static final List<String> VIEWS =
      List.of(
          "spaces",
          "channels",
          "messages",
          "reactions",
          "members",
          "profiles",
          "documents",
          "read_marks",
          "outbox");
  private static final List<String> WORDS =
      List.of(
          "tide",
          "uberschrift",
          "naive",
          "潮汐",
          "приклад",
          "offl*",
          "regrettable",
          "\"line break\"");

  private SearchAndViews() {}

  static List<String> lines(SqlConnection connection, Database database) {
    signIn(database);
    List<String> lines = new ArrayList<>();
    for (String view : VIEWS) {
      lines.add("view/" + view + " " + result(connection, "SELECT * FROM " + view, null));
    }
    for (String word : WORDS) {
      lines.add(
          "search/"
              + word
              + " "
              + result(
                  connection,
                  "SELECT m.space, m.id FROM message_text t JOIN message m ON m.number = t.rowid"
                      + " WHERE message_text MATCH ?",
                  word));
    }
    checkIntegrity(connection);
    return lines;
  }

  /**
   * @throws IllegalStateException when the database or the search index is damaged
   */
  static void checkIntegrity(SqlConnection connection) {
    connection.execute(
        "INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)");
    SqlStatement statement = connection.prepare("PRAGMA integrity_check");
    statement.step();
    String found = statement.text(0);
    statement.reset();
    ProjectionSuite.require(found.equals("ok"), "integrity_check: " + found);
  }

  /** The user, spaces and a refused event, which views look at and projections do not write. */
  private static void signIn(Database database) {
    database.insert(Setting.TABLE, new @Nullable Object[] {Setting.USER, "ada"});
    String[] spaces = {"scripted", "random-1a", "random-1b", "rebase"};
    for (int i = 0; i < spaces.length; i++) {
      database.insert(
          Space.TABLE,
          new @Nullable Object[] {spaces[i], "Space " + i, "owner", 100L, i == 0 ? 1L : 0L});
    }
    database.insert(
        Outbox.TABLE,
        new @Nullable Object[] {
          1L,
          "scripted",
          "refused-1",
          "message.pinned",
          "ada",
          0L,
          SpaceLog.START_MILLIS,
          "{}",
          Outbox.STATE_REFUSED,
          "forbidden",
          "No.",
          null
        });
  }

  /** Number and fingerprint of the rows, whatever their order. */
  private static String result(SqlConnection connection, String sql, @Nullable String parameter) {
    SqlStatement statement = connection.prepare(sql);
    if (parameter != null) {
      statement.bindText(1, parameter);
    }
    int rows = 0;
    int sum = 0;
    while (statement.step()) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < statement.columnCount(); i++) {
        row.append(statement.columnName(i)).append('=').append(statement.value(i)).append('\n');
      }
      sum += row.toString().hashCode();
      rows++;
    }
    statement.reset();
    return rows + " " + Integer.toHexString(sum);
  }
}

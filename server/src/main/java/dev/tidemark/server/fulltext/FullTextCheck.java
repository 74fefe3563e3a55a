package dev.tidemark.server.fulltext;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Compares the messages' full text with an index of the same texts that is made for the purpose,
 * word by word. FTS5's own check would do, but it counts as writing: it would hold everybody up,
 * and cannot run on a connection that only reads.
 */
public final class FullTextCheck {
  private static final String WORDS = "select term, doc, col, offset from ";

  private FullTextCheck() {}

  /**
   * Reads one state of the file while others go on writing; takes about as long as indexing.
   *
   * @return one sentence for each thing that is wrong
   */
  public static List<String> run(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      try (PreparedStatement attach = connection.prepareStatement("attach ? as live")) {
        attach.setString(1, database.toAbsolutePath().toString());
        attach.execute();
      }
      statement.execute("attach '' as expected"); // on the disk when it grows, and gone at the end
      statement.execute(
          "create virtual table expected.words using fts5(body, content='',"
              + " tokenize='unicode61 remove_diacritics 2')");
      statement.execute(
          "create virtual table temp.actual_words using fts5vocab(live, message_text, instance)");
      statement.execute(
          "create virtual table temp.expected_words using fts5vocab(expected, words, instance)");
      connection.setAutoCommit(false); // from here on one state of the file
      statement.executeUpdate(
          "insert into expected.words(rowid, body) select number, body from live.message_indexed");
      List<String> findings = compare(connection);
      connection.rollback();
      return findings;
    }
  }

  private static List<String> compare(Connection connection) throws SQLException {
    try (Statement one = connection.createStatement();
        Statement other = connection.createStatement();
        Statement count = connection.createStatement();
        ResultSet actual = one.executeQuery(WORDS + "temp.actual_words");
        ResultSet expected = other.executeQuery(WORDS + "temp.expected_words");
        ResultSet rows =
            count.executeQuery(
                "select (select count(*) from live.message_text_docsize)"
                    + " - (select count(*) from live.message_indexed)")) {
      if (rows.next() && rows.getLong(1) != 0) {
        return List.of("The full text of messages has other rows than there are messages.");
      }
      boolean more = expected.next();
      while (actual.next()) {
        if (!more || !same(actual, expected)) {
          return List.of(differs(more ? expected.getLong(2) : actual.getLong(2)));
        }
        more = expected.next();
      }
      return more ? List.of(differs(expected.getLong(2))) : List.of();
    }
  }

  private static boolean same(ResultSet a, ResultSet b) throws SQLException {
    return a.getLong(2) == b.getLong(2)
        && a.getLong(4) == b.getLong(4)
        && a.getString(3).equals(b.getString(3))
        && a.getString(1).equals(b.getString(1));
  }

  private static String differs(long number) {
    return "The full text of messages is not that of the messages, first at number " + number + ".";
  }
}

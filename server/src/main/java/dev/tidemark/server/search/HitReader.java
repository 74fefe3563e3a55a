package dev.tidemark.server.search;

import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.library.SnippetPlace;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a found row shows. Membership is asked for once more in the same statement: who was
 * removed from a space since the search began sees nothing of it.
 */
final class HitReader {
  private static final String MAY_READ =
      " and (?2 is null or exists (select 1 from member p where p.space = x.space and p.user ="
          + " ?2))";

  static final String MESSAGE =
      "select x.space, x.channel, x.id, x.thread, x.author, x.created_at, x.order_key, x.body"
          + " from message x where x.number = ?1 and x.deleted = 0"
          + MAY_READ;

  static final String DOCUMENT =
      "select x.space, x.id, x.title, x.body from document_text x where x.number = ?1" + MAY_READ;

  static final String SNIPPET = "select title, body, language from snippet where number = ?1";

  private final StatementCache reader;
  private final Asker asker;
  private final QueryText.Query highlighted;

  HitReader(StatementCache reader, Asker asker, QueryText.Query highlighted) {
    this.reader = reader;
    this.asker = asker;
    this.highlighted = highlighted;
  }

  /** Null when the row is gone, or may not be read any more. */
  @Nullable Hit message(long number, double score) throws SQLException {
    try (ResultSet row = find(MESSAGE, number)) {
      if (!row.next()) {
        return null;
      }
      Hit.Message source =
          new Hit.Message(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getLong(6),
              row.getLong(7));
      return new Hit(score, excerpt(WordTable.MESSAGES, number, row.getString(8)), null, source);
    }
  }

  /** Null when the row is gone, or may not be read any more. */
  @Nullable Hit document(long number, double score) throws SQLException {
    try (ResultSet row = find(DOCUMENT, number)) {
      if (!row.next()) {
        return null;
      }
      Hit.Document source = new Hit.Document(row.getString(1), row.getString(2));
      Excerpt excerpt = excerpt(WordTable.DOCUMENTS, number, row.getString(4));
      return new Hit(score, excerpt, row.getString(3), source);
    }
  }

  /** Null when the row is gone. */
  @Nullable Hit snippet(long number, double score, SnippetPlace place) throws SQLException {
    PreparedStatement query = reader.prepare(SNIPPET);
    query.setLong(1, number);
    try (ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      Hit.Snippet source =
          new Hit.Snippet(
              number,
              place.libraryId(),
              place.version(),
              place.path(),
              place.line(),
              row.getString(3));
      Excerpt excerpt = excerpt(WordTable.SNIPPETS, number, row.getString(2));
      return new Hit(score, excerpt, row.getString(1), source);
    }
  }

  private ResultSet find(String sql, long number) throws SQLException {
    PreparedStatement query = reader.prepare(sql);
    query.setLong(1, number);
    query.setString(2, asker instanceof Asker.User user ? user.id() : null);
    return query.executeQuery();
  }

  /** FTS5 marks the matches: it knows its own stems and foldings. */
  private Excerpt excerpt(WordTable table, long number, String body) throws SQLException {
    PreparedStatement query = reader.prepare(table.marked);
    query.setString(1, String.valueOf(Excerpt.OPEN));
    query.setString(2, String.valueOf(Excerpt.CLOSE));
    query.setString(3, highlighted.marks());
    query.setLong(4, number);
    try (ResultSet row = query.executeQuery()) {
      return Excerpt.cut(row.next() ? row.getString(1) : body, highlighted.beginning());
    }
  }
}

package dev.tidemark.server.search;

import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.library.SnippetScopes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Snippets with their place in a version's files, and what stands before and behind them. */
final class Neighbourhood {
  /** The joins keep their order: without figures SQLite begins at the files of the version. */
  static final String PLACE =
      """
      select f.path, s.blob, s.ordinal
      from blob_snippet s
      cross join tree_file f on f.blob = s.blob
      cross join library_version v on v.tree = f.tree
      cross join library l on l.number = v.library
      where s.snippet = ? and l.id = ? and v.name = ?
      order by f.path limit 1
      """;

  static final String AROUND =
      """
      select s.ordinal, s.snippet, s.start_line, p.title, p.body, p.tokens, p.language
      from blob_snippet s join snippet p on p.number = s.snippet
      where s.blob = ? and s.ordinal between ? and ? order by s.ordinal
      """;

  /** A snippet where it stands. */
  record Placed(
      long number,
      String path,
      long ordinal,
      long line,
      String title,
      String body,
      int tokens,
      @Nullable String language) {}

  /**
   * @param before the snippet in front of it in the file
   * @param after the one behind it
   */
  record Surrounded(Placed self, @Nullable Placed before, @Nullable Placed after) {}

  private Neighbourhood() {}

  /** Null when the snippet does not stand in that version. */
  static @Nullable Surrounded find(StatementCache reader, long snippet, SnippetScopes.Scope scope)
      throws SQLException {
    PreparedStatement query = reader.prepare(PLACE);
    query.setLong(1, snippet);
    query.setString(2, scope.libraryId());
    query.setString(3, scope.version());
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? around(reader, row.getString(1), row.getLong(2), row.getLong(3)) : null;
    }
  }

  private static @Nullable Surrounded around(
      StatementCache reader, String path, long blob, long ordinal) throws SQLException {
    PreparedStatement query = reader.prepare(AROUND);
    query.setLong(1, blob);
    query.setLong(2, ordinal - 1);
    query.setLong(3, ordinal + 1);
    List<Placed> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(
            new Placed(
                row.getLong(2),
                path,
                row.getLong(1),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getString(7)));
      }
    }
    Placed before = null;
    Placed self = null;
    Placed after = null;
    for (Placed placed : found) {
      if (placed.ordinal() < ordinal) {
        before = placed;
      } else if (placed.ordinal() == ordinal) {
        self = placed;
      } else {
        after = placed;
      }
    }
    return self == null ? null : new Surrounded(self, before, after);
  }
}

package dev.tidemark.server.search;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one search may look at: spaces, and numbers of snippets.
 *
 * @param spaces ids; no message or document of another is looked at
 * @param spacesJson the same for a query's parameter
 * @param scopes numbers of these spaces in the vector index
 * @param snippets null: all of them
 */
record Reach(
    Set<String> spaces, String spacesJson, Set<Integer> scopes, @Nullable BitSet snippets) {

  static final String SPACES_OF_USER = "select space from member where user = ?";
  static final String MEMBERSHIP = "select 1 from member where space = ? and user = ?";
  static final String ALL_SPACES = "select id from log_space";

  /** Operators may give a space's name. */
  static final String ONE_SPACE =
      "select id from log_space where id = ?1 or name = ?1 order by id = ?1 desc, created_at limit"
          + " 1";

  static final String SCOPES =
      "select number from space_scope where space in (select value from json_each(?))";

  /**
   * The spaces that the asker may search, or null when the wanted one is not among them: whether it
   * exists makes no difference.
   */
  static @Nullable Set<String> spaces(StatementCache reader, Asker asker, @Nullable String wanted)
      throws SQLException {
    return switch (asker) {
      case Asker.User user -> {
        if (wanted != null) {
          yield texts(reader, MEMBERSHIP, wanted, user.id()).isEmpty() ? null : Set.of(wanted);
        }
        yield texts(reader, SPACES_OF_USER, user.id());
      }
      case Asker.Operator operator -> {
        if (wanted != null) {
          Set<String> named = texts(reader, ONE_SPACE, wanted);
          yield named.isEmpty() ? null : named;
        }
        yield texts(reader, ALL_SPACES);
      }
    };
  }

  static Reach of(StatementCache reader, Set<String> spaces, @Nullable BitSet snippets)
      throws SQLException {
    JsonText json = new JsonText().beginArray();
    spaces.forEach(json::value);
    String text = json.endArray().toString();
    Set<Integer> scopes = new TreeSet<>();
    for (String number : texts(reader, SCOPES, text)) {
      scopes.add(Integer.valueOf(number));
    }
    return new Reach(Set.copyOf(spaces), text, Set.copyOf(scopes), snippets);
  }

  boolean holdsSnippet(long number) {
    return snippets == null || snippets.get(Math.toIntExact(number));
  }

  private static Set<String> texts(StatementCache reader, String sql, String... parameters)
      throws SQLException {
    PreparedStatement query = reader.prepare(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setString(i + 1, parameters[i]);
    }
    Set<String> found = new TreeSet<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }
}

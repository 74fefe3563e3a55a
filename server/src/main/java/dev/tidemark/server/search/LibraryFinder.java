package dev.tidemark.server.search;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which library a name means: "react" is {@code facebook-react}. Compares the words of the name
 * with id, title, description and source of every library; they are few. Safe on any thread but
 * those of the reader pool.
 */
public final class LibraryFinder {
  private static final int VERSIONS = 20;
  private static final int LIBRARIES_LOOKED_AT = 10_000;

  static final String LIBRARIES =
      "select number, id, title, description, source from library order by number limit ?";

  static final String VERSIONS_OF =
      """
      select v.name, t.snippets from library_version v join tree t on t.number = v.tree
      where v.library = ? order by v.committed_at desc, v.name desc limit ?
      """;

  private final ReaderPool readers;

  public LibraryFinder(ReaderPool readers) {
    this.readers = readers;
  }

  /**
   * @param versions indexed ones, the latest first; not more than a few
   * @param snippets of the latest
   */
  public record Match(
      String id,
      String title,
      @Nullable String description,
      String source,
      List<String> versions,
      long snippets) {
    public Match {
      versions = List.copyOf(versions);
    }
  }

  private record Row(
      long number,
      String id,
      String title,
      @Nullable String description,
      String source,
      int score) {}

  /** The best matches first; without a name the first libraries. */
  public List<Match> find(String name, int limit) {
    List<String> words = Words.split(name).stream().map(Words::folded).toList();
    return readers.read(reader -> {
      List<Match> matches = new ArrayList<>();
      for (Row row : rows(reader, words, name.isBlank())) {
        if (matches.size() < limit) {
          matches.add(match(reader, row));
        }
      }
      return matches;
    });
  }

  private static List<Row> rows(StatementCache reader, List<String> words, boolean all)
      throws SQLException {
    PreparedStatement query = reader.prepare(LIBRARIES);
    query.setInt(1, LIBRARIES_LOOKED_AT);
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String id = row.getString(2);
        String title = row.getString(3);
        String description = row.getString(4);
        String source = row.getString(5);
        int score = score(words, id, title, description == null ? "" : description, source);
        if (score > 0 || all) {
          rows.add(new Row(row.getLong(1), id, title, description, source, score));
        }
      }
    }
    rows.sort(
        Comparator.comparingInt(Row::score)
            .reversed()
            .thenComparingInt(row -> row.id().length())
            .thenComparing(Row::id));
    return rows;
  }

  private static int score(
      List<String> words, String id, String title, String description, String source) {
    List<String> names = new ArrayList<>(Words.split(id));
    names.addAll(Words.split(title.replace(' ', '-')));
    List<String> folded = names.stream().map(Words::folded).toList();
    String rest = Words.folded(description + " " + source);
    int score = id.equals(String.join("-", words)) ? 100 : 0;
    for (String word : words) {
      if (folded.contains(word)) {
        score += 10;
      } else if (folded.stream().anyMatch(name -> name.startsWith(word))) {
        score += 5;
      } else if (rest.contains(word.toLowerCase(Locale.ROOT))) {
        score += 1;
      }
    }
    return score;
  }

  private static Match match(StatementCache reader, Row row) throws SQLException {
    PreparedStatement query = reader.prepare(VERSIONS_OF);
    query.setLong(1, row.number());
    query.setInt(2, VERSIONS);
    List<String> versions = new ArrayList<>();
    long snippets = 0;
    try (ResultSet version = query.executeQuery()) {
      while (version.next()) {
        snippets = versions.isEmpty() ? version.getLong(2) : snippets;
        versions.add(version.getString(1));
      }
    }
    return new Match(row.id(), row.title(), row.description(), row.source(), versions, snippets);
  }
}

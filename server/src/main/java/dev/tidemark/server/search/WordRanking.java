package dev.tidemark.server.search;

import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ranks rows by the words they share with a query. Rows with all words come first; only where they
 * are few, rows with some of the words follow. The cost is bounded whatever the table's size: words
 * that very many rows hold are left out where rarer ones are there, rare words decide which rows
 * are ranked at all, and of too many rows only the newest are ranked.
 */
final class WordRanking {
  /** Rows that are ranked in one pass. */
  static final int RANKED_ROWS = 5_000;

  /** Rows that are looked at for a snippet filter in one pass. */
  private static final int EXAMINED_ROWS = 200_000;

  /** With so many rows that hold all words, those with some are not looked for. */
  static final int ENOUGH = 40;

  /** The weight of a term that half of all rows hold or more. */
  private static final double LEAST_WEIGHT = 1e-6;

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::score)
          .reversed()
          .thenComparing(Comparator.comparingLong(Ranked::number).reversed());

  private final TermCounts counts;

  WordRanking(TermCounts counts) {
    this.counts = counts;
  }

  private record Counted(QueryText.Term term, int rows) {}

  /** The best rows of one kind, at most {@code depth} of them. */
  List<Ranked> rank(StatementCache reader, Kind kind, QueryText.Query query, Reach reach, int depth)
      throws SQLException {
    WordTable table = WordTable.of(kind);
    List<Counted> known = new ArrayList<>();
    boolean complete = true;
    long all = 0;
    double everything = 0;
    for (QueryText.Term term : query.terms()) {
      int rows = counts.of(reader, table, term);
      all = all == 0 ? greatest(reader, table) : all;
      everything += weight(rows, all);
      complete &= add(term, rows, known);
    }
    List<Ranked> ranked = List.of();
    if (complete) {
      ranked = rows(reader, table, QueryText.Query.all(terms(telling(known))), known, reach, depth);
      boolean oneWord = query.parts().isEmpty() && telling(known).size() == 1;
      if (oneWord || ranked.size() >= ENOUGH) {
        return ranked;
      }
    }
    for (QueryText.Term part : query.parts()) {
      add(part, counts.of(reader, table, part), known);
    }
    if (known.isEmpty()) {
      return List.of();
    }
    String any = QueryText.Query.any(terms(rarest(telling(known))));
    return append(ranked, rows(reader, table, any, known, reach, depth), everything, depth);
  }

  private static long greatest(StatementCache reader, WordTable table) throws SQLException {
    try (ResultSet row = reader.prepare(table.greatest).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What a term adds to the score of a row of common length, as bm25 of FTS5 weighs it. */
  private static double weight(int rows, long all) {
    return Math.max(LEAST_WEIGHT, Math.log((Math.max(all, rows) - rows + 0.5) / (rows + 0.5)));
  }

  /** Adds the term when some row holds it. */
  private static boolean add(QueryText.Term term, int rows, List<Counted> known) {
    if (rows > 0) {
      known.add(new Counted(term, rows));
    }
    return rows > 0;
  }

  /** The terms that not very many rows hold, or all when there are no such terms. */
  private static List<Counted> telling(List<Counted> known) {
    List<Counted> telling =
        known.stream().filter(counted -> counted.rows() <= TermCounts.MANY).toList();
    return telling.isEmpty() ? known : telling;
  }

  /** Where only words are known that very many rows hold, a rank would cost much and say little. */
  private static boolean byRelevance(WordTable table, List<Counted> known) {
    return table == WordTable.SNIPPETS
        || known.stream().anyMatch(counted -> counted.rows() <= TermCounts.MANY);
  }

  private static List<QueryText.Term> terms(List<Counted> counted) {
    return counted.stream().map(Counted::term).toList();
  }

  /** The rarest words, as many as together match no more rows than are ranked; at least one. */
  private static List<Counted> rarest(List<Counted> counted) {
    List<Counted> sorted = new ArrayList<>(counted);
    sorted.sort(Comparator.comparingInt(Counted::rows));
    int rows = 0;
    int taken = 0;
    while (taken < sorted.size()
        && (taken == 0 || rows + sorted.get(taken).rows() <= RANKED_ROWS)) {
      rows += sorted.get(taken).rows();
      taken++;
    }
    return sorted.subList(0, taken);
  }

  /**
   * @param everything about the score of a row that holds all of the words
   */
  private static List<Ranked> append(
      List<Ranked> first, List<Ranked> then, double everything, int depth) {
    Set<Long> seen = new HashSet<>();
    List<Ranked> joined = new ArrayList<>(first);
    first.forEach(row -> seen.add(row.number()));
    for (Ranked row : then) {
      if (joined.size() < depth && seen.add(row.number())) {
        double share = Math.clamp(row.score() / everything, 0, 1);
        joined.add(new Ranked(row.number(), row.score(), share));
      }
    }
    return joined;
  }

  private static List<Ranked> rows(
      StatementCache reader,
      WordTable table,
      String match,
      List<Counted> known,
      Reach reach,
      int depth)
      throws SQLException {
    boolean byRelevance = byRelevance(table, known);
    PreparedStatement query = reader.prepare(byRelevance ? table.ranked : table.newest);
    query.setString(1, match);
    int limit = byRelevance ? RANKED_ROWS : depth;
    if (table != WordTable.SNIPPETS) {
      query.setString(2, reach.spacesJson());
      query.setInt(3, limit);
    }
    List<Ranked> rows = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      int examined = 0;
      while (rows.size() < limit && examined++ < EXAMINED_ROWS && row.next()) {
        long number = row.getLong(1);
        if (table != WordTable.SNIPPETS || reach.holdsSnippet(number)) {
          rows.add(Ranked.whole(number, row.getDouble(2)));
        }
      }
    }
    rows.sort(BEST_FIRST);
    return rows.size() > depth ? List.copyOf(rows.subList(0, depth)) : rows;
  }
}

package dev.tidemark.server.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion: a row counts {@code weight / (constant + rank)} in each ranking that
 * holds it. Scores of words and of meaning have no common measure, ranks do. A row with some of the
 * query's words counts the share of the query that it holds. What helped and what did not stands in
 * docs/search.md.
 *
 * @param constant how much less the first ranks stand out
 * @param wordWeight of a row that holds all words of the query; meaning counts 1
 */
record Fusion(double constant, double wordWeight) {
  static final Fusion MEASURED = new Fusion(10, 1);

  /** A row of some kind with its fused score. */
  record Candidate(Kind kind, long number, double score) {}

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .reversed()
          .thenComparing(Candidate::kind)
          .thenComparing(Comparator.comparingLong(Candidate::number).reversed());

  private record Row(Kind kind, long number) {}

  /**
   * Words rank each kind by itself, because their scores depend on the table; similarities of all
   * kinds come from one model and make one ranking.
   *
   * @return best first, in an order that depends on nothing but the rankings
   */
  List<Candidate> fuse(Map<Kind, List<Ranked>> words, Map<Kind, List<Ranked>> meaning) {
    Map<Row, Double> scores = new HashMap<>();
    words.forEach((kind, ranking) -> {
      for (int rank = 0; rank < ranking.size(); rank++) {
        Ranked row = ranking.get(rank);
        add(scores, new Row(kind, row.number()), wordWeight * row.share(), rank);
      }
    });
    List<Candidate> similar = new ArrayList<>();
    meaning.forEach((kind, ranking) ->
        ranking.forEach(row -> similar.add(new Candidate(kind, row.number(), row.score()))));
    similar.sort(BEST_FIRST);
    for (int rank = 0; rank < similar.size(); rank++) {
      Candidate row = similar.get(rank);
      add(scores, new Row(row.kind(), row.number()), 1, rank);
    }
    List<Candidate> fused = new ArrayList<>(scores.size());
    scores.forEach((row, score) -> fused.add(new Candidate(row.kind(), row.number(), score)));
    fused.sort(BEST_FIRST);
    return fused;
  }

  private void add(Map<Row, Double> scores, Row row, double weight, int rank) {
    scores.merge(row, weight / (constant + rank + 1), Double::sum);
  }
}

package dev.tidemark.server.search;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Means over queries. Relevance is yes or no. */
final class Figures {
  private static final int NDCG_DEPTH = 10;
  private static final int RECALL_DEPTH = 50;

  private double ndcg;
  private double recall;
  private double reciprocalRank;
  private int queries;

  void add(List<Long> found, Set<Long> relevant) {
    double gain = 0;
    double ideal = 0;
    int hits = 0;
    double first = 0;
    for (int i = 0; i < Math.min(RECALL_DEPTH, found.size()); i++) {
      if (relevant.contains(found.get(i))) {
        hits++;
        first = first == 0 ? 1.0 / (i + 1) : first;
        gain += i < NDCG_DEPTH ? 1 / log2(i + 2) : 0;
      }
    }
    for (int i = 0; i < Math.min(NDCG_DEPTH, relevant.size()); i++) {
      ideal += 1 / log2(i + 2);
    }
    ndcg += gain / ideal;
    recall += (double) hits / Math.min(RECALL_DEPTH, relevant.size());
    reciprocalRank += first;
    queries++;
  }

  private static double log2(int value) {
    return Math.log(value) / Math.log(2);
  }

  double ndcg() {
    return ndcg / queries;
  }

  String line(String corpus, String mode) {
    return String.format(
        Locale.ROOT,
        "%-32s %-34s %8d %9.3f %10.3f %8.3f",
        corpus,
        mode,
        queries,
        ndcg / queries,
        recall / queries,
        reciprocalRank / queries);
  }

  static String header() {
    return String.format(
        Locale.ROOT,
        "%-32s %-34s %8s %9s %10s %8s",
        "corpus",
        "mode",
        "queries",
        "nDCG@10",
        "recall@50",
        "MRR");
  }
}

package dev.tidemark.server.search;

import java.util.List;
import java.util.Set;

/**
 * Texts and queries with known answers.
 *
 * @param kind of row that the texts are stored as
 * @param texts in the order of their numbers, from 1
 */
record QualityCorpus(String name, Kind kind, List<Text> texts, List<Query> queries) {

  /**
   * @param title the headings above, or who wrote it
   * @param group texts of one group are one result, as pieces of a section are in search
   */
  record Text(String title, String body, long group) {}

  /**
   * @param relevant groups of the texts that answer it
   * @param self number of the text that the query was taken from and that does not count, or 0
   */
  record Query(String text, Set<Long> relevant, long self) {}
}

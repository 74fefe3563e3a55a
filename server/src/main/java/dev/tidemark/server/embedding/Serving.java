package dev.tidemark.server.embedding;

import dev.tidemark.server.vector.VectorSet;
import java.util.Map;

/** What queries are answered with at a moment. */
sealed interface Serving {

  /** The active generation with its model. */
  record On(Generation active, TextModel model, Map<Integer, VectorSet> sets) implements Serving {
    public On {
      sets = Map.copyOf(sets);
    }
  }

  /**
   * No semantic search.
   *
   * @param mode as in {@link Coverage#mode}
   * @param reason a sentence for people
   */
  record Off(String mode, String reason) implements Serving {}
}

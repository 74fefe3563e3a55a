package dev.tidemark.server.embedding;

import dev.tidemark.server.vector.VectorSet;
import java.util.Map;

/** What a semantic search needs, or why there is none. */
public sealed interface QueryVector {

  /** A vector, and the sets that hold vectors by the same model. */
  final class Ready implements QueryVector {
    private final float[] vector;
    private final Map<Integer, VectorSet> sets;

    public Ready(float[] vector, Map<Integer, VectorSet> sets) {
      this.vector = vector.clone();
      this.sets = Map.copyOf(sets);
    }

    /** Of length 1, by the model of the active generation. Not to be changed. */
    public float[] vector() {
      return vector;
    }

    /**
     * The sets of that generation by kind (see {@link EmbeddingTables}); a kind without vectors yet
     * may be missing.
     */
    public Map<Integer, VectorSet> sets() {
      return sets;
    }
  }

  /**
   * @param reason a sentence for people
   */
  record Unavailable(String reason) implements QueryVector {}
}

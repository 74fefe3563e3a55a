package dev.tidemark.server.embedding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the texts the embeddings cover.
 *
 * @param mode {@code ok}, or in one word why nothing is embedded: {@code off}, {@code stopped},
 *     {@code loading}, {@code missing-model}, {@code failing}
 * @param reason a sentence about that, null when all is well
 * @param generations building and active ones, and retired ones that are still being dropped
 * @param missing rows that the newest generation still has to cover; all live rows while there is
 *     no generation yet, none when embeddings are switched off
 */
public record Coverage(
    String mode, @Nullable String reason, List<OfGeneration> generations, long missing) {
  public Coverage {
    generations = List.copyOf(generations);
  }

  /** Coverage of one generation. */
  public record OfGeneration(Generation generation, List<OfKind> kinds) {
    public OfGeneration {
      kinds = List.copyOf(kinds);
    }

    long missing() {
      return kinds.stream().mapToLong(OfKind::missing).sum();
    }
  }

  /**
   * Rows of one kind: {@code live = embedded + blank + missing}.
   *
   * @param kind {@code message}, {@code document} or {@code snippet}
   * @param live rows that are not deleted
   * @param embedded those with a vector
   * @param blank those covered without a vector, having no text
   * @param missing those that wait to be embedded
   */
  public record OfKind(String kind, long live, long embedded, long blank, long missing) {}
}

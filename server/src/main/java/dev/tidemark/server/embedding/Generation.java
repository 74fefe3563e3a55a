package dev.tidemark.server.embedding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings by one model.
 *
 * @param number counts up; what {@code embed_gen} on a row names
 * @param profile how its model is had, see {@link EmbeddingSettings}
 * @param model {@link TextModel#name}
 * @param recipe {@link EmbeddedText#RECIPE} it was begun with
 * @param createdAt milliseconds since 1970, as the other times
 */
public record Generation(
    long number,
    String profile,
    String model,
    int recipe,
    int dimensions,
    State state,
    long createdAt,
    @Nullable Long activatedAt,
    @Nullable Long backstopAt) {

  /** One generation at most is building and one active. */
  public enum State {
    /** Being filled while another serves. */
    BUILDING,
    /** Searched, and filled further. */
    ACTIVE,
    /** Replaced; its vectors are dropped step by step. */
    RETIRED;

    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }
}

package dev.tidemark.server.search;

import org.jspecify.annotations.Nullable;

/**
 * What a reader, often a language model, wants to know of a library.
 *
 * @param version null for the latest indexed one
 * @param tokens most that the answer may take, {@link #MIN_TOKENS} to {@link #MAX_TOKENS}
 */
public record ContextRequest(String libraryId, @Nullable String version, String query, int tokens) {
  public static final int MIN_TOKENS = 100;
  public static final int MAX_TOKENS = 100_000;
  public static final int DEFAULT_TOKENS = 5_000;

  public ContextRequest {
    if (tokens < MIN_TOKENS || tokens > MAX_TOKENS) {
      throw new IllegalArgumentException("tokens=" + tokens);
    }
  }
}

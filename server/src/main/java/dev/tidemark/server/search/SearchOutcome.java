package dev.tidemark.server.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search comes to. */
public sealed interface SearchOutcome {

  /**
   * @param used the mode that could be served
   * @param fallback a sentence when that is not the one asked for, or not complete; else null
   * @param more whether hits follow these
   */
  record Found(Mode used, @Nullable String fallback, List<Hit> hits, boolean more)
      implements SearchOutcome {
    public Found {
      hits = List.copyOf(hits);
    }
  }

  /** The text cannot be searched for; says why in a sentence. */
  record Refused(String detail) implements SearchOutcome {}

  /** There is no such space, or the asker may not know that there is. */
  record NoSuchSpace() implements SearchOutcome {}

  /** There is no such library, or no such indexed version of it. */
  record NoSuchLibrary() implements SearchOutcome {}
}

package dev.tidemark.server.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ranks rows by how near their meaning is to a query's. */
interface Meaning {

  /** Rankings, or why there are none. */
  sealed interface Answer {}

  /**
   * @param incomplete a sentence when some texts have no vectors yet, else null
   */
  record Rankings(Map<Kind, List<Ranked>> byKind, @Nullable String incomplete) implements Answer {
    public Rankings {
      byKind = Map.copyOf(byKind);
    }
  }

  /**
   * @param reason a sentence
   */
  record Unavailable(String reason) implements Answer {}

  /** The nearest rows of each kind, nearest first, at most {@code depth} of each. */
  Answer rank(String text, Set<Kind> kinds, Reach reach, int depth);
}

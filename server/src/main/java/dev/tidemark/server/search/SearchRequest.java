package dev.tidemark.server.search;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for, and where.
 *
 * @param typing whether the text may end in the middle of a word
 * @param space only messages and documents of this one; null for all that the asker may read
 * @param libraryId only snippets of this one; null for all
 * @param version of the library; null for the latest indexed one
 * @param limit hits wanted, 1 to {@link #MAX_LIMIT}
 * @param offset hits to leave out, 0 to {@link #MAX_OFFSET}
 */
public record SearchRequest(
    Asker asker,
    String text,
    boolean typing,
    Mode mode,
    @Nullable String space,
    @Nullable String libraryId,
    @Nullable String version,
    Set<Kind> kinds,
    int limit,
    int offset) {
  public static final int MAX_LIMIT = 50;
  public static final int DEFAULT_LIMIT = 20;

  /** Rankings are cut at a fixed depth, so that pages fit together; nothing lies behind it. */
  public static final int MAX_OFFSET = 200;

  public SearchRequest {
    kinds = Set.copyOf(kinds);
    if (limit < 1 || limit > MAX_LIMIT || offset < 0 || offset > MAX_OFFSET) {
      throw new IllegalArgumentException("limit=" + limit + ", offset=" + offset);
    }
  }

  /** A filter for one sort of thing excludes the others, unless it has a filter of its own. */
  Set<Kind> wantedKinds() {
    Set<Kind> wanted = EnumSet.noneOf(Kind.class);
    wanted.addAll(kinds);
    if (space != null && libraryId == null) {
      wanted.remove(Kind.SNIPPET);
    }
    if (libraryId != null && space == null) {
      wanted.remove(Kind.MESSAGE);
      wanted.remove(Kind.DOCUMENT);
    }
    return wanted;
  }
}

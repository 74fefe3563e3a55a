package dev.tidemark.server.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What assembling context comes to. */
public sealed interface ContextOutcome {

  /**
   * @param version that the pieces stand in
   * @param tokens estimate for the whole text, within what was asked for
   * @param text the pieces with their sources, ready to be read; plain text, nothing in it is run
   */
  record Assembled(
      String libraryId,
      String version,
      Mode used,
      @Nullable String fallback,
      int tokens,
      List<Piece> pieces,
      String text)
      implements ContextOutcome {
    public Assembled {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * One snippet.
   *
   * @param score of the search; 0 for a neighbour that came along
   */
  record Piece(
      String title,
      String path,
      long line,
      @Nullable String language,
      String body,
      int tokens,
      double score) {}

  /** The text cannot be searched for; says why in a sentence. */
  record Refused(String detail) implements ContextOutcome {}

  /** There is no such library, or no such indexed version of it. */
  record NoSuchLibrary() implements ContextOutcome {}
}

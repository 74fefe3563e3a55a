package dev.tidemark.server.search;

import org.jspecify.annotations.Nullable;

/**
 * Something found.
 *
 * @param score comparable within one answer only; greater is better
 * @param title of a document or a snippet
 */
public record Hit(double score, Excerpt excerpt, @Nullable String title, Source source) {

  /** Where it stands. */
  public sealed interface Source {
    Kind kind();
  }

  /**
   * @param thread id of the thread's root, or null
   * @param createdAt epoch milliseconds
   */
  public record Message(
      String space,
      String channel,
      String id,
      @Nullable String thread,
      String author,
      long createdAt,
      long position)
      implements Source {
    @Override
    public Kind kind() {
      return Kind.MESSAGE;
    }
  }

  /** A document of a space. */
  public record Document(String space, String id) implements Source {
    @Override
    public Kind kind() {
      return Kind.DOCUMENT;
    }
  }

  /**
   * @param version the one that was asked for, else the latest that holds the snippet
   * @param line at which the snippet begins, from 1
   */
  public record Snippet(
      long number,
      String libraryId,
      String version,
      String path,
      long line,
      @Nullable String language)
      implements Source {
    @Override
    public Kind kind() {
      return Kind.SNIPPET;
    }
  }
}

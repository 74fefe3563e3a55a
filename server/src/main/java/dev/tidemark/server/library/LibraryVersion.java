package dev.tidemark.server.library;

import org.jspecify.annotations.Nullable;

/**
 * A tag of a library. Times are epoch milliseconds.
 *
 * @param commit the commit the tag leads to, when it was last looked at
 * @param committedAt 0 when the host does not tell before the commit is fetched
 * @param state whether that commit is indexed; a moved tag is discovered again, and what was
 *     indexed before stays readable until the new content is complete
 * @param files number of files of the content that is readable now, null when there is none
 * @param snippets number of different snippets of that content
 * @param indexedAt when that content became readable
 */
public record LibraryVersion(
    String name,
    String commit,
    long committedAt,
    State state,
    @Nullable Integer files,
    @Nullable Integer snippets,
    @Nullable Long indexedAt) {

  /** How far a version has come. */
  public enum State {
    DISCOVERED,
    INDEXED
  }
}

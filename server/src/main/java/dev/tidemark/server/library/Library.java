package dev.tidemark.server.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A git repository that is or will be indexed. Times are epoch milliseconds.
 *
 * @param id a slug that never changes
 * @param source as the rules spell it
 * @param paths which of its files are read, from the next indexing of a version on
 * @param discoveredAt when its tags were last listed
 * @param versions its tags, the newest first
 */
public record Library(
    String id,
    String source,
    String title,
    PathChoice paths,
    long createdAt,
    @Nullable Long discoveredAt,
    List<LibraryVersion> versions) {
  public Library {
    versions = List.copyOf(versions);
  }

  /** The version of that name, or null. */
  public @Nullable LibraryVersion version(String name) {
    for (LibraryVersion version : versions) {
      if (version.name().equals(name)) {
        return version;
      }
    }
    return null;
  }
}

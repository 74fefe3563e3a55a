package dev.tidemark.server.http;

import dev.tidemark.server.library.Libraries;
import dev.tidemark.server.library.Library;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Titles of libraries by their ids, for answers that name many. A title never changes, and one of a
 * removed library is forgotten. Thread-safe.
 */
final class LibraryTitles implements UnaryOperator<String> {
  private static final int LIMIT = 1_000;

  private final Libraries libraries;
  private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();

  LibraryTitles(Libraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public String apply(String id) {
    String title = known.get(id);
    if (title != null) {
      return title;
    }
    Library library = libraries.find(id);
    if (library == null) {
      return id; // removed: its jobs are still listed
    }
    if (known.size() >= LIMIT) {
      known.clear();
    }
    known.put(id, library.title());
    return library.title();
  }

  void forget(String id) {
    known.remove(id);
  }
}

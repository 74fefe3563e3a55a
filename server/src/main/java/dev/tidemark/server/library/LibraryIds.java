package dev.tidemark.server.library;

import dev.tidemark.server.library.source.LibrarySource;
import java.util.Locale;
import java.util.function.Predicate;

/** Makes ids of libraries: short names for addresses and commands. */
final class LibraryIds {
  static final int MAX_CHARACTERS = 64;
  private static final int ROOM_FOR_COUNTER = 6;

  private LibraryIds() {}

  /** {@code facebook-react} for {@code https://host/facebook/react.git}. */
  static String of(LibrarySource source) {
    String path =
        switch (source) {
          case LibrarySource.Remote remote -> remote.uri().getPath();
          case LibrarySource.Local local -> local.folder().toString();
        };
    String[] segments = path.split("/");
    StringBuilder id = new StringBuilder();
    for (int i = Math.max(0, segments.length - 2); i < segments.length; i++) {
      String slug = slug(segments[i]);
      if (!slug.isEmpty()) {
        id.append(id.isEmpty() ? "" : "-").append(slug);
      }
    }
    String text = id.substring(0, Math.min(id.length(), MAX_CHARACTERS - ROOM_FOR_COUNTER));
    return text.isEmpty() ? "library" : text;
  }

  /** The id, with a number behind it where it is taken. */
  static String free(String id, Predicate<String> taken) {
    String candidate = id;
    for (int i = 2; taken.test(candidate); i++) {
      candidate = id + "-" + i;
    }
    return candidate;
  }

  private static String slug(String segment) {
    String name = segment.endsWith(".git") ? segment.substring(0, segment.length() - 4) : segment;
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9._-]+", "-")
        .replaceAll("^[-._]+|[-._]+$", "");
  }
}

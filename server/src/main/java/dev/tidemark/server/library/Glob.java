package dev.tidemark.server.library;

import org.jspecify.annotations.Nullable;

/**
 * A pattern for paths from the root of a repository: {@code *} stands for anything but a slash,
 * {@code ?} for one such character, {@code **} for anything, and {@code **}{@code /} also for no
 * folder at all. Everything else stands for itself. Matching takes steps in proportion to pattern
 * times path, whatever the pattern: it may come from a stranger.
 */
final class Glob {
  private static final int MAX_CHARACTERS = 200;

  private final String pattern;

  Glob(String pattern) {
    this.pattern = pattern.endsWith("/") ? pattern + "**" : pattern;
  }

  /** Why a pattern cannot be used, in one sentence, or null. */
  static @Nullable String objectionTo(String pattern) {
    if (pattern.isBlank() || pattern.length() > MAX_CHARACTERS) {
      return "A pattern for paths has 1 to " + MAX_CHARACTERS + " characters.";
    }
    if (pattern.chars().anyMatch(Character::isISOControl)) {
      return "A pattern for paths has no control characters.";
    }
    String inside = "/" + pattern + "/";
    if (pattern.startsWith("/") || inside.contains("/../") || inside.contains("/./")) {
      return "A pattern for paths begins at the repository's root, without a slash, and has no"
          + " '.' or '..'.";
    }
    if (pattern.chars().anyMatch(c -> "[]{}\\!".indexOf(c) >= 0)) {
      return "Patterns for paths know *, ** and ?; they have no brackets, braces, backslashes or"
          + " exclamation marks.";
    }
    return null;
  }

  boolean matches(String path) {
    boolean[] reached = new boolean[path.length() + 1];
    reached[0] = true;
    int at = 0;
    while (at < pattern.length()) {
      boolean twice = pattern.startsWith("**", at);
      if (twice && pattern.startsWith("/", at + 2)) {
        folders(reached, path);
        at += 3;
      } else if (twice) {
        rest(reached, path, true);
        at += 2;
      } else if (pattern.charAt(at) == '*') {
        rest(reached, path, false);
        at++;
      } else {
        one(reached, path, pattern.charAt(at));
        at++;
      }
    }
    return reached[path.length()];
  }

  /** From each place on to every place behind a slash. */
  private static void folders(boolean[] reached, String path) {
    boolean begun = false;
    for (int i = 0; i <= path.length(); i++) {
      boolean here = reached[i];
      reached[i] = here || (begun && path.charAt(i - 1) == '/');
      begun |= here;
    }
  }

  private static void rest(boolean[] reached, String path, boolean overSlashes) {
    for (int i = 1; i <= path.length(); i++) {
      reached[i] |= reached[i - 1] && (overSlashes || path.charAt(i - 1) != '/');
    }
  }

  private static void one(boolean[] reached, String path, char wanted) {
    for (int i = path.length(); i > 0; i--) {
      char c = path.charAt(i - 1);
      reached[i] = reached[i - 1] && (wanted == '?' ? c != '/' : c == wanted);
    }
    reached[0] = false;
  }
}

package dev.tidemark.server.library.split;

import java.util.Locale;

/** Why an entry of a repository was not read. Counted for each tree. */
public enum SkipReason {
  SYMBOLIC_LINK,
  SUBMODULE,
  UNSAFE_NAME,

  /** Another entry has this path, or one that reads the same once it is text. */
  SAME_PATH,
  LONG_PATH,
  DEEP_PATH,
  LARGE_FILE,
  BINARY,
  GENERATED,
  LFS,
  UNREADABLE,
  MISSING;

  /** For people and for the tree's row. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

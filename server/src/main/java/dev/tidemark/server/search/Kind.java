package dev.tidemark.server.search;

import org.jspecify.annotations.Nullable;

/** What can be found. */
public enum Kind {
  MESSAGE("message"),
  DOCUMENT("document"),
  SNIPPET("snippet");

  private final String wire;

  Kind(String wire) {
    this.wire = wire;
  }

  /** The name in requests and answers. */
  public String wire() {
    return wire;
  }

  public static @Nullable Kind ofWire(String name) {
    for (Kind kind : values()) {
      if (kind.wire.equals(name)) {
        return kind;
      }
    }
    return null;
  }
}

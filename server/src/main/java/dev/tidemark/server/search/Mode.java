package dev.tidemark.server.search;

import org.jspecify.annotations.Nullable;

/** How texts are compared with a query. */
public enum Mode {
  /** By words and by meaning, both rankings fused. */
  HYBRID("hybrid"),
  KEYWORD("keyword"),
  SEMANTIC("semantic");

  private final String wire;

  Mode(String wire) {
    this.wire = wire;
  }

  /** The name in requests and answers. */
  public String wire() {
    return wire;
  }

  public static @Nullable Mode ofWire(String name) {
    for (Mode mode : values()) {
      if (mode.wire.equals(name)) {
        return mode;
      }
    }
    return null;
  }
}

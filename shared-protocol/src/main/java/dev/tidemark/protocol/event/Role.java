package dev.tidemark.protocol.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a member may do in a space; see {@code authority}. */
public enum Role {
  OWNER,
  MEMBER,
  READER;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name in JSON and in tables: {@code owner}, {@code member}, {@code reader}. */
  public String wire() {
    return wire;
  }

  /** The role of that wire name, or null where there is none. */
  public static @Nullable Role fromWire(String wire) {
    return switch (wire) {
      case "owner" -> OWNER;
      case "member" -> MEMBER;
      case "reader" -> READER;
      default -> null;
    };
  }
}

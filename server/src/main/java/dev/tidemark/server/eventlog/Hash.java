package dev.tidemark.server.eventlog;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256. */
public final class Hash {
  static final int BYTES = 32;

  /** Bytes of a chain hash that stand in a cursor, as twice as many hex digits. */
  private static final int CURSOR_BYTES = 8;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param bytes not copied: the caller gives them away
   */
  static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, given " + bytes.length);
    }
    return new Hash(bytes);
  }

  /** The bytes themselves, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The first 16 hex digits, as cursors carry them. */
  public String inCursor() {
    return HexFormat.of().formatHex(bytes, 0, CURSOR_BYTES);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}

package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a search begins: how many hits went before, and a mark of the request that
 * it belongs to. Opaque to clients.
 */
record SearchCursor(int offset, int request) {
  private static final int MAX_CHARACTERS = 64;

  String text() {
    String plain = String.format(Locale.ROOT, "%d.%08x", offset, request);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The offset of a cursor, 0 without one.
   *
   * @throws Problem 400 for one that this request did not get
   */
  static int offset(@Nullable String text, int request, int max) {
    if (text == null) {
      return 0;
    }
    String plain = text.length() > MAX_CHARACTERS ? "" : decoded(text);
    if (plain.matches("[0-9]{1,6}\\.[0-9a-f]{8}")) {
      int dot = plain.indexOf('.');
      int offset = Integer.parseInt(plain.substring(0, dot));
      if (offset <= max && Integer.parseUnsignedInt(plain.substring(dot + 1), 16) == request) {
        return offset;
      }
    }
    throw new Problem(
        ProblemCode.INVALID_CURSOR,
        "This cursor belongs to another search; start at its beginning.");
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}

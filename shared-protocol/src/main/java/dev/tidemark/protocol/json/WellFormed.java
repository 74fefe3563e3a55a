package dev.tidemark.protocol.json;

import org.jspecify.annotations.Nullable;

/** Which texts every store and every wire can carry. */
public final class WellFormed {

  private WellFormed() {}

  /**
   * What is wrong with a text, as a sentence for its sender: NUL or half of a surrogate pair. Null
   * when nothing is.
   */
  public static @Nullable String problem(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "A text holds the character NUL.";
      }
      if (c >= '\ud800' && c <= '\udfff') {
        boolean pair =
            c <= '\udbff'
                && i + 1 < text.length()
                && text.charAt(i + 1) >= '\udc00'
                && text.charAt(i + 1) <= '\udfff';
        if (!pair) {
          return "A text holds half of a surrogate pair.";
        }
        i++;
      }
    }
    return null;
  }
}

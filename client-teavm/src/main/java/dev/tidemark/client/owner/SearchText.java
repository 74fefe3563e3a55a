package dev.tidemark.client.owner;

/**
 * What people type into search, as an FTS5 expression in which none of FTS5's own operators can
 * stand.
 */
final class SearchText {
  static final int MAX_WORDS = 16;

  private SearchText() {}

  /**
   * All words must be there, each by its prefix; text in double quotes is a phrase. Empty for
   * nothing to look for.
   */
  static String match(String typed) {
    StringBuilder out = new StringBuilder();
    StringBuilder word = new StringBuilder();
    boolean inPhrase = false;
    int words = 0;
    for (int i = 0; i <= typed.length(); i++) {
      char c = i < typed.length() ? typed.charAt(i) : ' ';
      boolean ends = c == '"' || i == typed.length() || (!inPhrase && c <= ' ');
      if (!ends) {
        word.append(c);
        continue;
      }
      if (hasWord(word) && words < MAX_WORDS) {
        words++;
        out.append(out.isEmpty() ? "" : " ").append('"').append(word).append('"');
        out.append(inPhrase ? "" : "*");
      }
      word.setLength(0);
      if (c == '"') {
        inPhrase = !inPhrase;
      }
    }
    return out.toString();
  }

  /** Texts of punctuation alone have no token, and FTS5 refuses an empty phrase. */
  private static boolean hasWord(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) > 0x2ff) {
        return true;
      }
    }
    return false;
  }
}

package dev.tidemark.server.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words as the tokenizer {@code unicode61 remove_diacritics 2} sees them. */
final class Words {
  private Words() {}

  /** Whether a word can consist of that character: letters, numbers, private use. */
  static boolean isToken(int codePoint) {
    return Character.isLetter(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.DECIMAL_DIGIT_NUMBER,
              Character.LETTER_NUMBER,
              Character.OTHER_NUMBER,
              Character.PRIVATE_USE ->
              true;
          default -> false;
        };
  }

  private static boolean isMark(int codePoint) {
    return Character.getType(codePoint) == Character.NON_SPACING_MARK;
  }

  /** Lower case without diacritics. */
  static String folded(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFD)
        .replaceAll("\\p{Mn}", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The words that a text without white space consists of. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && continues(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (end > i) {
        words.add(text.substring(i, end));
      }
      i = end > i ? end : i + Character.charCount(text.codePointAt(i));
    }
    return words;
  }

  /** Where words stand that begin with a text, however it is written. */
  static List<Excerpt.Range> beginningWith(String prefix, String text, int limit) {
    String wanted = folded(prefix);
    List<Excerpt.Range> found = new ArrayList<>();
    int i = 0;
    while (i < text.length() && found.size() < limit) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      if (isToken(c)) {
        while (end < text.length() && continues(text.codePointAt(end))) {
          end += Character.charCount(text.codePointAt(end));
        }
        if (end - i >= wanted.length() && folded(text.substring(i, end)).startsWith(wanted)) {
          found.add(new Excerpt.Range(i, end));
        }
      }
      i = end;
    }
    return found;
  }

  private static boolean continues(int codePoint) {
    return isToken(codePoint) || isMark(codePoint);
  }
}

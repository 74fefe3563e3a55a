package dev.tidemark.server.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts text into the numbers that BERT models read, as their uncased tokenizer does: lower case,
 * accents off, words and punctuation apart, each word by its longest known pieces. Written here
 * because the usual library loads native code into the user's home folder and reports its use to
 * the internet unless told not to. Immutable.
 */
final class WordPieces {
  private static final int LONGEST_WORD = 100;
  private static final String CONTINUATION = "##";

  private final Map<String, Integer> vocabulary;
  private final int begin;
  private final int end;
  private final int unknown;

  private WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.begin = special("[CLS]");
    this.end = special("[SEP]");
    this.unknown = special("[UNK]");
  }

  private int special(String name) {
    Integer number = vocabulary.get(name);
    if (number == null) {
      throw new IllegalArgumentException("the vocabulary must have " + name);
    }
    return number;
  }

  /**
   * @param json a {@code tokenizer.json} with a WordPiece model
   */
  static WordPieces read(InputStream json) throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>(65_536);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        boolean begins =
            parser.currentToken() == JsonToken.START_OBJECT
                && "vocab".equals(parser.currentName())
                && vocabulary.isEmpty();
        if (begins) {
          for (String word = parser.nextFieldName(); word != null; word = parser.nextFieldName()) {
            vocabulary.put(word, parser.nextIntValue(0));
          }
        }
      }
    }
    return new WordPieces(vocabulary);
  }

  /**
   * The numbers of a text between those of begin and end.
   *
   * @param limit most numbers, begin and end included; what does not fit is cut off
   */
  long[] numbers(String text, int limit) {
    long[] numbers = new long[limit];
    int count = 0;
    numbers[count++] = begin;
    for (String word : words(text, limit)) {
      for (int piece : pieces(word)) {
        if (count == limit - 1) {
          break;
        }
        numbers[count++] = piece;
      }
    }
    numbers[count++] = end;
    return Arrays.copyOf(numbers, count);
  }

  /** Words and signs, at most so many: none of them gives less than one number. */
  private static List<String> words(String text, int limit) {
    String plain = lowerCase(withoutAccents(text));
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int at = 0; at < plain.length() && words.size() < limit; ) {
      int point = plain.codePointAt(at);
      int next = at + Character.charCount(point);
      boolean alone = isPunctuation(point) || isIdeograph(point);
      if (alone || isSpace(point) || isControl(point)) {
        if (start >= 0 && !isControl(point)) {
          words.add(clean(plain.substring(start, at)));
          start = -1;
        }
        if (alone) {
          words.add(plain.substring(at, next));
        }
      } else if (start < 0) {
        start = at;
      }
      at = next;
    }
    if (start >= 0 && words.size() < limit) {
      words.add(clean(plain.substring(start)));
    }
    return words;
  }

  /** Control characters vanish without parting the word around them. */
  private static String clean(String word) {
    return word.codePoints().anyMatch(WordPieces::isControl)
        ? word.codePoints()
            .filter(point -> !isControl(point))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : word;
  }

  /** Each letter by itself: the model does not know that a sigma differs at the end of a word. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().forEach(point -> lower.appendCodePoint(Character.toLowerCase(point)));
    return lower.toString();
  }

  private static String withoutAccents(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isSpace(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || Character.isWhitespace(point)
        || Character.isSpaceChar(point);
  }

  private static boolean isControl(int point) {
    if (point == 0 || point == 0xfffd) {
      return true;
    }
    int type = Character.getType(point);
    boolean control =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.PRIVATE_USE;
    return control && point != '\t' && point != '\n' && point != '\r';
  }

  private static boolean isPunctuation(int point) {
    if (point < 0x80) {
      return point > ' ' && point < 0x7f && !Character.isLetterOrDigit(point);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int point) {
    return (point >= 0x4e00 && point <= 0x9fff)
        || (point >= 0x3400 && point <= 0x4dbf)
        || (point >= 0x20000 && point <= 0x2a6df)
        || (point >= 0x2a700 && point <= 0x2b73f)
        || (point >= 0x2b740 && point <= 0x2b81f)
        || (point >= 0x2b820 && point <= 0x2ceaf)
        || (point >= 0xf900 && point <= 0xfaff)
        || (point >= 0x2f800 && point <= 0x2fa1f);
  }

  private int[] pieces(String word) {
    if (word.isEmpty()) {
      return new int[0];
    }
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      return new int[] {unknown};
    }
    int[] pieces = new int[word.length()];
    int count = 0;
    int start = 0;
    while (start < word.length()) {
      int stop = word.length();
      Integer known = null;
      while (known == null && stop > start) {
        String part = word.substring(start, stop);
        known = vocabulary.get(start == 0 ? part : CONTINUATION + part);
        stop -= known == null ? 1 : 0;
      }
      if (known == null) {
        return new int[] {unknown};
      }
      pieces[count++] = known;
      start = stop;
    }
    return Arrays.copyOf(pieces, count);
  }
}

package dev.tidemark.server.library.split;

import dev.tidemark.server.library.SnippetKind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells texts that mean something by themselves from brackets, rules, closing tags and words that
 * only close something. What tells nothing is no snippet: it would be found for no good reason and
 * would help nobody.
 */
final class Telling {
  private static final Pattern CLOSING_TAG = Pattern.compile("</[^<>]{0,200}>");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
  private static final Set<String> CLOSERS =
      Set.of("end", "fi", "done", "esac", "endif", "endfor", "endwhile", "else", "begin", "then");
  private static final int FEWEST_CHARACTERS = 2;

  /** Code of so few tokens is a fragment, such as {@code setup()} or one field. */
  private static final int FRAGMENT_TOKENS = 8;

  private Telling() {}

  /** Whether a text is worth a snippet of its own. */
  static boolean aloneIn(SnippetKind kind, String text) {
    return isTelling(text) && (kind != SnippetKind.CODE || Tokens.estimate(text) > FRAGMENT_TOKENS);
  }

  /** Whether there is a word in it that does more than close something. */
  static boolean isTelling(String text) {
    Matcher words = WORD.matcher(CLOSING_TAG.matcher(text).replaceAll(" "));
    int characters = 0;
    while (characters < FEWEST_CHARACTERS && words.find()) {
      String word = words.group();
      if (!CLOSERS.contains(word)) {
        // one sign of Chinese is a word, one letter of Latin is a variable
        characters += word.charAt(0) > 0x24f ? FEWEST_CHARACTERS : word.length();
      }
    }
    return characters >= FEWEST_CHARACTERS;
  }
}

package dev.tidemark.server.importing;

import org.jspecify.annotations.Nullable;

/**
 * The input cannot be imported and nothing of it was stored. The message is one sentence for the
 * person who asked; trying again helps only with other input.
 */
public final class ImportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int QUOTED_CHARACTERS = 60;

  public ImportRefused(String sentence) {
    super(sentence);
  }

  ImportRefused(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /**
   * A piece of input for a sentence: short, and without anything that moves a terminal's cursor.
   */
  static String quote(String text) {
    String plain = text.replaceAll("\\p{C}", "?");
    return plain.length() <= QUOTED_CHARACTERS
        ? "\"" + plain + "\""
        : "\"" + plain.substring(0, QUOTED_CHARACTERS) + "...\"";
  }
}

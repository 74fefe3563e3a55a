package dev.tidemark.server.library.split;

/** Estimates how many tokens language models count. Within a fifth or so for English and code. */
public final class Tokens {
  private static final int LETTERS_PER_TOKEN = 6;

  private Tokens() {}

  /** Words cost by their length, every other visible character counts, runs of one count once. */
  public static int estimate(CharSequence text) {
    int tokens = 0;
    int word = 0;
    char last = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isWord(c)) {
        word++;
      } else {
        tokens += ofWord(word);
        word = 0;
        if (c > ' ' && c != last) {
          tokens++;
        }
      }
      last = c;
    }
    return tokens + ofWord(word);
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c >= 0xc0 && c < 0x2000);
  }

  private static int ofWord(int letters) {
    return (letters + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN;
  }
}

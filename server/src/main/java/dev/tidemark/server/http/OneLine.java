package dev.tidemark.server.http;

/** Text from outside on its way into a log: one line, nothing that steers a terminal. */
final class OneLine {
  private static final int MAX_CHARACTERS = 200;

  private OneLine() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_CHARACTERS; i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != '\\';
      if (plain && c != '\u2028' && c != '\u2029') {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}

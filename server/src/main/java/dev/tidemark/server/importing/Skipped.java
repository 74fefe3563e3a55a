package dev.tidemark.server.importing;

/** Why a line of a log gives no message of its own. */
enum Skipped {
  SYSTEM("system line (===)", "system lines (===)"),
  BLANK("blank line", "blank lines"),
  EMPTY("message without text", "messages without text"),
  MALFORMED(
      "line that is no message (no valid time or no speaker)",
      "lines that are no messages (no valid time or no speaker)");

  private final String one;
  private final String many;

  Skipped(String one, String many) {
    this.one = one;
    this.many = many;
  }

  String named(long count) {
    return count == 1 ? one : many;
  }
}

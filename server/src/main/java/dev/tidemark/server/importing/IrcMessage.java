package dev.tidemark.server.importing;

/**
 * A message of a log.
 *
 * @param line where it begins, counted from 0
 * @param timeMillis since 1970
 * @param rootLine where the first message of its conversation begins; its own line when it is that
 */
record IrcMessage(int line, long timeMillis, String nick, String body, int rootLine) {
  boolean isReply() {
    return rootLine != line;
  }
}

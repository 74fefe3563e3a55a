package dev.tidemark.server.importing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Ids of what comes from one source. What it keeps:
 *
 * <ol>
 *   <li>An id depends on the source's name and the line alone: not on the folder, on other lines or
 *       on when it was imported.
 *   <li>Ids of one source sort in the order of its lines, so that a batch touches neighbouring
 *       pages of the indexes instead of as many pages as it has events.
 * </ol>
 *
 * <p>60 bits of SHA-256 stand for the source: among a million sources two share them with a
 * probability below one in a million.
 */
final class SourceIds {
  private static final int HASH_CHARACTERS = 10;
  private static final int LINE_DIGITS = 7;

  private final String prefix;

  /**
   * @param kind a short word for the kind of source, such as {@code irc}
   * @param source name of the source within its kind
   */
  SourceIds(String kind, String source) {
    byte[] hash = sha256().digest((kind + "\n" + source).getBytes(StandardCharsets.UTF_8));
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    prefix = kind + "-" + text.substring(0, HASH_CHARACTERS) + "-";
  }

  String channel() {
    return prefix + "channel";
  }

  /** The message that begins in a line, counted from 0. */
  String message(int line) {
    String digits = Integer.toString(line);
    return prefix + "0".repeat(Math.max(0, LINE_DIGITS - digits.length())) + digits;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package dev.tidemark.server.importing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of an IRC log. */
sealed interface IrcLine {

  /**
   * Something that somebody said: {@code [HH:MM] <nick> text}, an action {@code [HH:MM] * nick
   * waves}, or a notice {@code [HH:MM] -nick:#channel- text}.
   *
   * @param minuteOfDay as the line says it
   * @param text not empty; an action keeps its star and its nick
   */
  record Said(int minuteOfDay, String nick, String text) implements IrcLine {}

  /** The rest of what the line before began to say: it has no time of its own. */
  record Continuation(String text) implements IrcLine {}

  /** Nothing that could be a message. */
  record Other(Skipped why) implements IrcLine {}

  int MAX_NICK_CHARACTERS = 64;

  /** {@code [HH:MM]} in front, whatever the numbers. */
  Pattern TIMED = Pattern.compile("\\[(\\d{1,2}):(\\d{2})\\]\\s*(.*)", Pattern.DOTALL);

  /** Bold, colours and the like of IRC clients, and all control characters but the tabulator. */
  Pattern FORMATTING =
      Pattern.compile("\\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|[\\x00-\\x08\\x0a-\\x1f\\x7f]");

  /**
   * @param line without its end
   */
  static IrcLine parse(String line) {
    if (line.isBlank()) {
      return new Other(Skipped.BLANK);
    }
    if (line.startsWith("===")) {
      return new Other(Skipped.SYSTEM);
    }
    Matcher timed = TIMED.matcher(line);
    if (!timed.matches()) {
      return new Continuation(clean(line));
    }
    int hour = Integer.parseInt(timed.group(1));
    int minute = Integer.parseInt(timed.group(2));
    return hour > 23 || minute > 59
        ? new Other(Skipped.MALFORMED)
        : said(hour * 60 + minute, timed.group(3));
  }

  private static IrcLine said(int minuteOfDay, String rest) {
    if (rest.startsWith("<")) {
      int end = rest.indexOf('>');
      return end < 0
          ? new Other(Skipped.MALFORMED)
          : said(minuteOfDay, rest.substring(1, end), rest.substring(end + 1));
    }
    if (rest.startsWith("* ")) {
      int end = rest.indexOf(' ', 2);
      return said(minuteOfDay, end < 0 ? rest.substring(2) : rest.substring(2, end), rest);
    }
    int end = rest.startsWith("-") ? rest.indexOf("- ", 1) : -1;
    if (end < 0) {
      return new Other(Skipped.MALFORMED);
    }
    String speaker = rest.substring(1, end);
    int target = speaker.indexOf(':');
    return said(
        minuteOfDay, target < 0 ? speaker : speaker.substring(0, target), rest.substring(end + 2));
  }

  private static IrcLine said(int minuteOfDay, String givenNick, String givenText) {
    String nick = clean(givenNick).strip();
    if (nick.isEmpty() || nick.length() > MAX_NICK_CHARACTERS) {
      return new Other(Skipped.MALFORMED);
    }
    String text = clean(givenText).strip();
    return text.isEmpty() ? new Other(Skipped.EMPTY) : new Said(minuteOfDay, nick, text);
  }

  private static String clean(String text) {
    return hasControl(text) ? FORMATTING.matcher(text).replaceAll("") : text;
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == '\u007f') {
        return true;
      }
    }
    return false;
  }
}

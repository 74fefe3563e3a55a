package dev.tidemark.server.importing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an import did.
 *
 * @param space id of the space
 * @param replies messages that are in the thread of another
 * @param threads messages that have replies
 * @param differing lines that were imported before with another content, which stays
 * @param elapsed reading and storing together
 */
public record ImportSummary(
    String space,
    Tally channels,
    Tally messages,
    long replies,
    long threads,
    long differing,
    LogsSkipped skipped,
    Duration elapsed) {
  private static final int NAMED_FILES = 3;

  /**
   * @param added stored by this import
   * @param present stored by an earlier one
   */
  public record Tally(long added, long present) {
    long all() {
      return added + present;
    }

    Tally and(boolean wasPresent) {
      return wasPresent ? new Tally(added, present + 1) : new Tally(added + 1, present);
    }

    private String told() {
      return String.format(Locale.ROOT, "%,d new, %,d there already", added, present);
    }
  }

  /**
   * @param empty names of logs without any message, which become no channel
   * @param others names of files that are no logs
   */
  public record LogsSkipped(IrcLogCounts lines, List<String> empty, List<String> others) {
    public LogsSkipped {
      empty = List.copyOf(empty);
      others = List.copyOf(others);
    }
  }

  /** Messages read and stored in a second, whether new or not. */
  public long messagesPerSecond() {
    return messages.all() * 1_000 / Math.max(1, elapsed.toMillis());
  }

  /**
   * As lines for people.
   *
   * @param name of the space
   */
  public List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    lines.add("Imported into the space \"" + name + "\" (" + space + "):");
    lines.add(
        "  "
            + counted(channels.all(), "channel", "channels")
            + ", one for each log: "
            + channels.told());
    lines.add(
        "  "
            + counted(messages.all(), "message", "messages")
            + ": "
            + messages.told()
            + "; "
            + counted(replies, "is a reply", "are replies")
            + " in "
            + counted(threads, "thread", "threads"));
    notes(lines);
    List<String> left = skippedLines();
    if (!left.isEmpty()) {
      lines.add("Skipped:");
      lines.addAll(left);
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "Took %.1f s, %,d messages/s.",
            elapsed.toMillis() / 1_000.0,
            messagesPerSecond()));
    return lines;
  }

  private void notes(List<String> lines) {
    note(
        lines,
        differing,
        "line was imported before with another content and stays as it was",
        "lines were imported before with another content and stay as they were");
    IrcLogCounts counts = skipped.lines();
    note(
        lines,
        counts.joinedCount(),
        "line without a time joined to the message before it",
        "lines without a time joined to the message before them");
    note(
        lines,
        counts.replacedUtf8Count(),
        "line is no valid UTF-8; the wrong bytes became U+FFFD",
        "lines are no valid UTF-8; the wrong bytes became U+FFFD");
    note(
        lines,
        counts.cutCount(),
        "message was too long and lost its end",
        "messages were too long and lost their ends");
  }

  private List<String> skippedLines() {
    List<String> lines = new ArrayList<>();
    for (Skipped why : Skipped.values()) {
      long count = skipped.lines().count(why);
      note(lines, count, why.named(1), why.named(2));
    }
    files(lines, skipped.empty(), "log without a message", "logs without a message");
    files(lines, skipped.others(), "file that is no log", "files that are no logs");
    return lines;
  }

  private static void note(List<String> lines, long count, String one, String many) {
    if (count > 0) {
      lines.add("  " + counted(count, one, many));
    }
  }

  private static void files(List<String> lines, List<String> names, String one, String many) {
    if (!names.isEmpty()) {
      List<String> named = names.stream().limit(NAMED_FILES).map(ImportRefused::quote).toList();
      String more = names.size() > NAMED_FILES ? ", ..." : "";
      lines.add("  " + counted(names.size(), one, many) + ": " + String.join(", ", named) + more);
    }
  }

  private static String counted(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}

package dev.tidemark.server.importing;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Gives the lines of one log their times, in UTC, from the log's date and the minutes that stand in
 * the lines. What it keeps:
 *
 * <ol>
 *   <li>Times never go back from line to line.
 *   <li>Messages of one minute lie as many milliseconds after its start as lines lie between them
 *       and the first of the minute, so that an order by time is the order of the log.
 * </ol>
 *
 * <p>A fall of {@value #ROLL_OVER_MINUTES} minutes or more means that the clock went round: into
 * the next day, or, in a log whose hours never exceed 12, into the next half of the day (older logs
 * have a twelve-hour clock without am and pm; their first line is taken as before noon). A smaller
 * fall means that the clock was set back: time stands still until it is caught up.
 */
final class IrcClock {
  static final int ROLL_OVER_MINUTES = 6 * 60;

  private static final int DAY_MINUTES = 24 * 60;
  private static final int LAST_TWELVE_HOUR_MINUTE = 12 * 60 + 59;
  private static final long MINUTE_MILLIS = 60_000;

  private final long midnightMillis;
  private final int roundMinutes;
  private int rounds;
  private int lastGiven = -1;
  private int minute = -1;
  private int firstLine;

  /**
   * @param latestMinute the largest minute of the day in the whole log
   */
  IrcClock(LocalDate date, int latestMinute) {
    midnightMillis = date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    roundMinutes = latestMinute <= LAST_TWELVE_HOUR_MINUTE ? DAY_MINUTES / 2 : DAY_MINUTES;
  }

  /**
   * The time of the next message, milliseconds since 1970.
   *
   * @param line of the message; larger than in the last call
   */
  long at(int line, int minuteOfDay) {
    if (lastGiven - minuteOfDay >= ROLL_OVER_MINUTES) {
      rounds++;
    }
    lastGiven = minuteOfDay;
    int next = rounds * roundMinutes + minuteOfDay;
    if (next > minute) {
      minute = next;
      firstLine = line;
    }
    return midnightMillis
        + minute * MINUTE_MILLIS
        + Math.min(line - firstLine, (int) MINUTE_MILLIS - 1);
  }
}

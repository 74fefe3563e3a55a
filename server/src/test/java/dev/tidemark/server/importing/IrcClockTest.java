package dev.tidemark.server.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class IrcClockTest {
  private static final LocalDate CHRISTMAS = LocalDate.of(2004, 12, 25);
  private static final int LATE = 23 * 60 + 59;
  private static final int BEFORE_ONE = 12 * 60 + 59;

  private static void at(String expected, long millis) {
    assertEquals(Instant.parse(expected), Instant.ofEpochMilli(millis));
  }

  @Test
  void the_first_line_of_a_minute_has_exactly_its_time() {
    IrcClock clock = new IrcClock(CHRISTMAS, LATE);
    at("2004-12-25T09:14:00Z", clock.at(7, 9 * 60 + 14));
  }

  @Test
  void lines_of_one_minute_are_milliseconds_apart() {
    IrcClock clock = new IrcClock(CHRISTMAS, LATE);
    at("2004-12-25T00:01:00Z", clock.at(0, 1));
    at("2004-12-25T00:01:00.001Z", clock.at(1, 1));
    at("2004-12-25T00:01:00.009Z", clock.at(9, 1));
    at("2004-12-25T00:02:00Z", clock.at(10, 2));
  }

  @Test
  void a_minute_with_more_lines_than_milliseconds_does_not_run_into_the_next() {
    IrcClock clock = new IrcClock(CHRISTMAS, LATE);
    clock.at(0, 1);
    at("2004-12-25T00:01:59.999Z", clock.at(70_000, 1));
    at("2004-12-25T00:02:00Z", clock.at(70_001, 2));
  }

  @Test
  void after_midnight_the_next_day_begins() {
    IrcClock clock = new IrcClock(CHRISTMAS, LATE);
    clock.at(0, LATE);
    at("2004-12-26T00:00:00Z", clock.at(1, 0));
    clock.at(2, LATE);
    at("2004-12-27T00:03:00Z", clock.at(3, 3));
  }

  @Test
  void a_clock_of_twelve_hours_goes_round_twice_a_day() {
    IrcClock clock = new IrcClock(CHRISTMAS, BEFORE_ONE);
    clock.at(0, BEFORE_ONE);
    at("2004-12-25T13:00:00Z", clock.at(1, 60));
    at("2004-12-25T23:59:00Z", clock.at(2, 11 * 60 + 59));
    at("2004-12-26T00:01:00Z", clock.at(3, 1));
  }

  @Test
  void a_clock_that_is_set_back_stands_still_until_it_is_caught_up() {
    IrcClock clock = new IrcClock(CHRISTMAS, LATE);
    at("2004-12-25T10:00:00Z", clock.at(0, 600));
    at("2004-12-25T10:00:00.001Z", clock.at(1, 590));
    at("2004-12-25T10:00:00.002Z", clock.at(2, 600));
    at("2004-12-25T10:01:00Z", clock.at(3, 601));
  }
}

package dev.tidemark.server.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.server.importing.IrcLine.Continuation;
import dev.tidemark.server.importing.IrcLine.Other;
import dev.tidemark.server.importing.IrcLine.Said;
import org.junit.jupiter.api.Test;

class IrcLineTest {

  private static void gives(IrcLine expected, String line) {
    assertEquals(expected, IrcLine.parse(line), line);
  }

  @Test
  void a_message_has_a_minute_a_nick_and_a_text() {
    gives(
        new Said(9 * 60 + 14, "|QuaD-", "will: totem > vlc"), "[09:14] <|QuaD-> will: totem > vlc");
  }

  @Test
  void a_nick_may_hold_brackets_and_blanks_at_its_end() {
    gives(new Said(656, "[PervertedMonk]", "kewl"), "[10:56] <[PervertedMonk] > kewl");
    gives(new Said(555, "Guard] [an", "hello"), "[09:15] <Guard] [an> hello");
  }

  @Test
  void an_action_is_a_message_that_keeps_its_star() {
    gives(new Said(199, "Indy", "* Indy waves ;)"), "[03:19]  * Indy waves ;)");
  }

  @Test
  void a_notice_is_a_message_of_its_sender() {
    gives(new Said(312, "a-b", "happy - days: all"), "[05:12] -a-b:#ubuntu- happy - days: all");
  }

  @Test
  void system_and_blank_lines_are_no_messages() {
    gives(new Other(Skipped.SYSTEM), "=== jiyuu0 here to witness...");
    gives(new Other(Skipped.SYSTEM), "=== spiv [~andrew@213.151.107.243]  has joined #ubuntu");
    gives(new Other(Skipped.BLANK), "   ");
  }

  @Test
  void a_message_without_text_is_skipped() {
    gives(new Other(Skipped.EMPTY), "[09:43] <drcode>");
    gives(new Other(Skipped.EMPTY), "[09:43] <drcode>  \u0002 ");
  }

  @Test
  void a_line_with_a_time_but_no_hour_of_the_day_or_no_speaker_is_malformed() {
    gives(new Other(Skipped.MALFORMED), "[24:00] <a> b");
    gives(new Other(Skipped.MALFORMED), "[12:60] <a> b");
    gives(new Other(Skipped.MALFORMED), "[01:09] (soundray/#ubuntu) hello");
    gives(new Other(Skipped.MALFORMED), "[01:09] <unclosed hello");
    gives(new Other(Skipped.MALFORMED), "[01:09] <> hello");
    gives(new Other(Skipped.MALFORMED), "[01:09] <" + "n".repeat(65) + "> hello");
    gives(new Other(Skipped.MALFORMED), "[01:09]");
  }

  @Test
  void a_line_without_a_time_continues_the_line_before() {
    gives(new Continuation("  [main] ok"), "  [main] ok");
  }

  @Test
  void colours_and_control_characters_go_tabulators_stay() {
    gives(
        new Said(60, "a", "red bold\tand 3,4"),
        "[01:00] <a> \u000304,12red\u0003 \u0002bold\u000f\tand \u00013,4\u0000");
  }
}

package dev.tidemark.client.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {

  private static List<Frame> parse(String... chunks) {
    EventStreamParser parser = new EventStreamParser();
    List<Frame> frames = new ArrayList<>();
    for (String chunk : chunks) {
      frames.addAll(parser.feed(chunk));
    }
    return frames;
  }

  @Test
  void a_frame_has_a_name_data_and_an_id() {
    assertEquals(
        List.of(new Frame("events", "{}", "s1:4:abc")),
        parse("event: events\nid: s1:4:abc\ndata: {}\n\n"));
  }

  @Test
  void data_lines_are_joined_by_line_feeds() {
    assertEquals(
        List.of(new Frame("message", "a\n\nb\nc", "")),
        parse("data: a\ndata\ndata:b\ndata: c\n\n"));
  }

  @Test
  void only_one_space_after_the_colon_goes() {
    assertEquals(List.of(new Frame("message", " a:b", "")), parse("data:  a:b\n\n"));
  }

  @Test
  void the_id_stays_until_another_one_comes() {
    assertEquals(
        List.of(
            new Frame("message", "a", "1"),
            new Frame("message", "b", "1"),
            new Frame("message", "c", "")),
        parse("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n"));
  }

  @Test
  void an_id_with_a_nul_is_ignored() {
    assertEquals(List.of(new Frame("message", "a", "1")), parse("id: 1\nid: 2\0\ndata: a\n\n"));
  }

  @Test
  void a_name_holds_for_one_frame_and_a_frame_without_data_is_none() {
    assertEquals(List.of(new Frame("message", "a", "")), parse("event: lost\n\ndata: a\n\n"));
  }

  @Test
  void comments_unknown_fields_and_retry_are_ignored() {
    assertEquals(
        List.of(new Frame("message", "a", "")),
        parse(": hello\nretry: 5\nnonsense: x\nnothing\ndata: a\n: between\n\n"));
  }

  @Test
  void lines_end_with_any_of_the_three_line_ends() {
    List<Frame> expected = List.of(new Frame("e", "a\nb", ""), new Frame("message", "c", ""));
    assertEquals(expected, parse("event:e\ndata:a\ndata:b\n\ndata:c\n\n"));
    assertEquals(expected, parse("event:e\r\ndata:a\r\ndata:b\r\n\r\ndata:c\r\n\r\n"));
    assertEquals(expected, parse("event:e\rdata:a\rdata:b\r\rdata:c\r\r"));
  }

  @Test
  void a_line_end_may_be_cut_between_carriage_return_and_line_feed() {
    assertEquals(
        List.of(new Frame("message", "a\nb", "")),
        parse("data:a\r", "\ndata:b\r", "\n\r", "", "\n"));
  }

  @Test
  void a_byte_order_mark_at_the_start_is_skipped_and_nowhere_else() {
    assertEquals(
        List.of(new Frame("message", "a\uFEFF", "")), parse("", "\uFEFFdata: a\uFEFF\n\n"));
  }

  @Test
  void an_unfinished_frame_is_never_delivered() {
    assertEquals(List.of(), parse("data: a\n", "data: b"));
  }

  @Test
  void cuts_anywhere_change_nothing() {
    String text =
        String.join(
            "",
            "\uFEFF: hi\r\nevent: events\nid: s:1\ndata: {\"a\":\r\ndata: \"é😀\"}\r\r",
            "data:x\n\n:\n\nevent: space\rdata: 1\r\n\r\nid: s:2\ndata\n\n");
    List<Frame> whole = parse(text);
    assertEquals(4, whole.size());
    for (int cut = 0; cut <= text.length(); cut++) {
      assertEquals(whole, parse(text.substring(0, cut), text.substring(cut)));
    }
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<String> chunks = new ArrayList<>();
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + random.nextInt(5));
        chunks.add(text.substring(at, end));
        at = end;
      }
      assertEquals(whole, parse(chunks.toArray(new String[0])), "seed " + seed);
    }
  }

  @Test
  void a_frame_over_the_limit_is_refused_whether_in_one_line_or_in_many() {
    EventStreamParser inOneLine = new EventStreamParser(100);
    inOneLine.feed("data: " + "x".repeat(60));
    assertThrows(FrameException.class, () -> inOneLine.feed("x".repeat(60)));
    EventStreamParser inMany = new EventStreamParser(100);
    inMany.feed("data: " + "x".repeat(60) + "\n");
    assertThrows(FrameException.class, () -> inMany.feed("data: " + "x".repeat(60) + "\n"));
  }

  @Test
  void frames_and_comments_below_the_limit_never_add_up_to_it() {
    EventStreamParser parser = new EventStreamParser(100);
    for (int i = 0; i < 50; i++) {
      assertEquals(
          1, parser.feed(": still here\n\n: here\ndata: " + "x".repeat(60) + "\n\n").size());
      assertEquals(0, parser.feed(": one more\n").size());
    }
  }
}

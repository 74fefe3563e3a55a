package dev.tidemark.server.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.codec.EventTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IrcLogTest {
  private static final String NAME = "2004-12-25.train-c";

  @TempDir Path folder;
  private SampleLogs logs;

  @BeforeEach
  void prepare() {
    logs = new SampleLogs(folder);
  }

  private IrcLog read() {
    return IrcLog.read(IrcLogFile.at(folder).logs().getFirst());
  }

  /** Each message as {@code line<root}, or as its line alone where it is a root. */
  private String threads() {
    return String.join(
        " ",
        read().messages().stream()
            .map(m -> m.isReply() ? m.line() + "<" + m.rootLine() : "" + m.line())
            .toList());
  }

  private String refusal() {
    return String.valueOf(assertThrows(ImportRefused.class, this::read).getMessage());
  }

  private void say(int lines) throws IOException {
    String[] texts = new String[lines];
    for (int i = 0; i < lines; i++) {
      texts[i] = "[10:00] <a> " + i;
    }
    logs.log(NAME, texts);
  }

  @Test
  void without_annotations_every_message_is_a_root() throws IOException {
    say(3);
    assertEquals("0 1 2", threads());
  }

  @Test
  void answers_to_answers_are_in_the_thread_of_the_first_message() throws IOException {
    say(5);
    logs.annotations(NAME, "0 0 -", "0 1 -", "1 3 -", "2 2 -", "3 4 -");
    assertEquals("0 1<0 2 3<0 4<0", threads());
  }

  @Test
  void of_several_antecedents_the_one_listed_first_counts() throws IOException {
    say(4);
    logs.annotations(NAME, "2 2 -", "2 3 -", "0 3 -", "3 3 -");
    assertEquals("0 1 2 3<2", threads());
  }

  @Test
  void a_message_that_starts_and_answers_answers() throws IOException {
    say(2);
    logs.annotations(NAME, "1 1 -", "0 1 -");
    assertEquals("0 1<0", threads());
  }

  @Test
  void an_antecedent_that_is_skipped_leads_on_to_its_own() throws IOException {
    logs.log(
        NAME, "[10:00] <a> 0", "=== a is now b", "[10:00] <c> 2", "[10:00] <c>", "[10:01] <d> 4");
    logs.annotations(NAME, "0 1 -", "1 2 -", "2 3 -", "3 4 -");
    assertEquals("0 2<0 4<0", threads());
  }

  @Test
  void those_who_answer_a_system_line_are_one_conversation() throws IOException {
    logs.log(NAME, "=== a has joined", "[10:00] <b> hi a", "[10:00] <c> 2", "[10:00] <d> hi too");
    logs.annotations(NAME, "0 0 -", "0 1 -", "0 3 -");
    assertEquals("1 2 3<1", threads());
  }

  @Test
  void lines_without_a_time_belong_to_the_message_before() throws IOException {
    logs.log(NAME, "lost", "[10:00] <a> one", "two", "", "three", "[10:00] <b> four");
    logs.annotations(NAME, "2 5 -");
    IrcLog log = read();
    assertEquals(
        List.of("one\ntwo", "four"), log.messages().stream().map(IrcMessage::body).toList());
    assertEquals("1 5<1", threads());
    assertEquals(1, log.counts().joinedCount());
    assertEquals(1, log.counts().count(Skipped.BLANK));
    assertEquals(2, log.counts().count(Skipped.MALFORMED));
  }

  @Test
  void bytes_that_are_no_utf8_are_replaced_and_their_lines_counted() throws IOException {
    byte[] latin1 =
        "[10:00] <a> caf\u00e9\n[10:01] <b> fine \n".getBytes(StandardCharsets.ISO_8859_1);
    logs.write(NAME + ".raw.txt", latin1);
    IrcLog log = read();
    assertEquals("caf\ufffd", log.messages().getFirst().body());
    assertEquals(1, log.counts().replacedUtf8Count());
  }

  @Test
  void a_replacement_character_that_stood_in_the_log_is_none_of_ours() throws IOException {
    logs.log(NAME, "[10:00] <a> caf\ufffd");
    assertEquals(0, read().counts().replacedUtf8Count());
  }

  @Test
  void a_byte_order_mark_and_carriage_returns_do_not_matter() throws IOException {
    logs.write(NAME + ".raw.txt", "\ufeff[10:00] <a> b\r", "[10:00] <c> d\r");
    assertEquals(List.of("b", "d"), read().messages().stream().map(IrcMessage::body).toList());
  }

  @Test
  void a_message_that_is_too_long_loses_its_end_and_is_counted() throws IOException {
    String wide = "\ud83d\ude00".repeat(EventTypes.MAX_BODY);
    logs.log(NAME, "[10:00] <a> b", wide);
    IrcLog log = read();
    String body = log.messages().getFirst().body();
    assertTrue(body.length() <= EventTypes.MAX_BODY);
    assertTrue(Character.isLowSurrogate(body.charAt(body.length() - 1)));
    assertEquals(1, log.counts().cutCount());
  }

  @Test
  void an_annotation_of_another_shape_is_refused_with_its_place() throws IOException {
    say(3);
    for (String wrong : List.of("0 1", "a b -", "0 1 +", "-1 1 -", "0 1 - 2", "0 99999999999 -")) {
      logs.annotations(NAME, "0 0 -", wrong);
      String message = refusal();
      assertTrue(message.contains("annotation.txt, line 2: expected \"FROM TO -\""), message);
      assertTrue(message.contains("found \"" + wrong + "\""), message);
    }
  }

  @Test
  void an_annotation_of_a_line_that_is_not_there_is_refused() throws IOException {
    say(3);
    logs.annotations(NAME, "0 3 -");
    String message = refusal();
    assertTrue(message.contains("there is no line 3, the log has 3 lines"), message);
  }

  @Test
  void an_answer_to_a_later_line_is_refused() throws IOException {
    say(3);
    logs.annotations(NAME, "2 1 -");
    String message = refusal();
    assertTrue(message.contains("line 1 cannot answer line 2"), message);
  }
}

package dev.tidemark.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final String HASH = "0123456789abcdef";

  @Test
  void a_cursor_is_read_and_written_in_its_order() {
    Cursor cursor = Cursor.parse("b:7:" + HASH + ",a:0,c:9007199254740991:");
    assertEquals(List.of("b", "a", "c"), List.copyOf(cursor.marks().keySet()));
    assertEquals(new Cursor.Mark(7, HASH), cursor.marks().get("b"));
    assertEquals(new Cursor.Mark(0, null), cursor.marks().get("a"));
    assertEquals(new Cursor.Mark(Protocol.MAX_INTEGER, null), cursor.marks().get("c"));
    assertEquals("b:7:" + HASH + ",a:0,c:9007199254740991", cursor.toString());
    assertEquals(cursor, Cursor.parse(cursor.toString()));
  }

  @Test
  void no_text_is_a_cursor_without_spaces() {
    assertTrue(Cursor.parse("").marks().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        ":",
        ",",
        "a:",
        ":1",
        "a:1,",
        ",a:1",
        "a:1,,b:1",
        "a:-1",
        "a:+1",
        "a:1.5",
        "a:1e3",
        "a:0x1",
        "a: 1",
        "a:١",
        "a:9007199254740992",
        "a:99999999999999999999999999",
        "a:1:xyz",
        "a:1:0123456789ABCDEF",
        "a:1:0123456789abcde",
        "a:1:0123456789abcdef0",
        "a:1:0123456789abcdef:2",
        "a b:1",
        "a/b:1",
        "é:1",
        "a:1,a:2",
        "a:1\n",
      })
  void what_is_no_cursor_is_refused(String text) {
    EventRefusedException refused =
        assertThrows(EventRefusedException.class, () -> Cursor.parse(text));
    assertEquals(ProblemCode.INVALID_CURSOR, refused.code());
    assertEquals(400, refused.code().status());
  }

  @Test
  void a_cursor_names_1000_spaces_and_not_1001() {
    assertEquals(1000, Cursor.parse(spaces(1000)).marks().size());
    assertThrows(EventRefusedException.class, () -> Cursor.parse(spaces(1001)));
  }

  private static String spaces(int count) {
    return IntStream.range(0, count).mapToObj(i -> "s" + i + ":1").collect(Collectors.joining(","));
  }
}

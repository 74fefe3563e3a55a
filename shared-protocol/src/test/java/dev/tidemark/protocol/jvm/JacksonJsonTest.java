package dev.tidemark.protocol.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad JSON gets a sentence, whatever is bad about it. */
class JacksonJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"text\"",
        "[]",
        "{",
        "{\"a\":1",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":5.}",
        "{\"a\":0x10}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":undefined}",
        "{\"a\":1/* comment */}",
        "\ufeff{}",
        "{\"a\":\"tab\there\"}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":[{\"b\":1,\"\\u0062\":1}]}",
      })
  void what_is_not_strict_json_is_refused(String text) {
    assertFalse(refusal(text).isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "9223372036854775807",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "1e400",
        "-1e400",
        "1e999999999",
      })
  void a_number_that_is_too_large_is_refused(String number) {
    refusal("{\"a\":" + number + "}");
    refusal("{\"a\":[" + number + "]}");
  }

  @Test
  void a_number_of_a_hundred_thousand_digits_is_refused() {
    refusal("{\"a\":" + "9".repeat(100_000) + "}");
    refusal("{\"a\":0." + "9".repeat(100_000) + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, INTEGER",
    "-0, INTEGER",
    "-1, INTEGER",
    "9007199254740991, INTEGER",
    "-9007199254740991, INTEGER",
    "1.0, INTEGER",
    "1e3, INTEGER",
    "0.5, NUMBER",
    "1e300, NUMBER",
  })
  void a_number_is_an_integer_when_javascript_says_so(String number, JsonObject.Kind kind) {
    assertEquals(kind, JacksonJson.parse("{\"a\":" + number + "}").kind("a"));
  }

  @Test
  void nesting_is_limited() {
    assertTrue(refusal(nested(10_000)).contains("depth"));
    refusal(nested(Protocol.MAX_JSON_DEPTH + 1));
    JacksonJson.parse(nested(Protocol.MAX_JSON_DEPTH));
    refusal("{\"a\":" + "[".repeat(10_000));
  }

  @Test
  void a_name_is_limited() {
    JacksonJson.parse("{\"" + "n".repeat(256) + "\":1}");
    refusal("{\"" + "n".repeat(100_000) + "\":1}");
  }

  @Test
  void a_text_is_limited() {
    refusal("{\"a\":\"" + "x".repeat(Protocol.MAX_BATCH_BYTES + 1) + "\"}");
  }

  @Test
  void the_number_of_values_is_limited() {
    refusal("{\"a\":[" + "0,".repeat(2_000_001) + "0]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\u0000", "a\\u0000b", "\\ud800", "\\udc00", "\\udc00\\ud800", "x\\ud83c"})
  void nul_and_lone_surrogates_are_refused_in_texts_and_names(String text) {
    refusal("{\"a\":\"" + text + "\"}");
    refusal("{\"a\":{\"b\":[\"" + text + "\"]}}");
    refusal("{\"" + text + "\":1}");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    for (byte[] bad :
        List.of(
            bytes(0xff),
            bytes(0xc3),
            bytes(0xc0, 0x80),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0x80))) {
      byte[] before = "{\"a\":\"".getBytes(StandardCharsets.UTF_8);
      byte[] whole = new byte[before.length + bad.length + 2];
      System.arraycopy(before, 0, whole, 0, before.length);
      System.arraycopy(bad, 0, whole, before.length, bad.length);
      whole[whole.length - 2] = '"';
      whole[whole.length - 1] = '}';
      JsonException refused = assertThrows(JsonException.class, () -> JacksonJson.parse(whole));
      assertEquals("The text is not valid UTF-8.", refused.getMessage());
    }
    assertThrows(
        JsonException.class, () -> JacksonJson.parse("{}".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void an_answer_does_not_echo_much_of_what_was_sent() {
    assertTrue(refusal("{\"a\":" + "y".repeat(100_000)).length() < 300);
  }

  @Test
  void every_kind_of_value_is_read_and_written_back_in_order() {
    String text =
        "{\"z\":\"\\\"é🌊\\u0001\",\"a\":-7,\"n\":0.5,\"t\":true,\"f\":false,\"0\":null,\"o\":{\"x\":{}},\"l\":[1,\"2\",[],{\"y\":null}]}";
    JsonObject object = JacksonJson.parse(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("z", "a", "n", "t", "f", "0", "o", "l"), object.names());
    assertEquals("\"é🌊\u0001", object.text("z"));
    assertEquals(-7, object.integer("a"));
    assertEquals(JsonObject.Kind.NUMBER, object.kind("n"));
    assertTrue(object.bool("t"));
    assertFalse(object.bool("f"));
    assertEquals(JsonObject.Kind.NULL, object.kind("0"));
    assertEquals(JsonObject.Kind.ABSENT, object.kind("absent"));
    assertEquals(List.of("x"), object.object("o").names());
    assertEquals(JsonObject.Kind.ARRAY, object.kind("l"));
    assertEquals(text, object.json());
  }

  @Test
  void asking_for_another_kind_is_a_bug_and_says_so() {
    JsonObject object = JacksonJson.parse("{\"a\":1,\"l\":[1]}");
    assertThrows(IllegalStateException.class, () -> object.text("a"));
    assertThrows(IllegalStateException.class, () -> object.integer("absent"));
    assertThrows(IllegalStateException.class, () -> object.object("a"));
    assertThrows(JsonException.class, () -> object.objects("l"));
  }

  /** The outer object is the first level. */
  private static String nested(int levels) {
    return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(JsonException.class, () -> JacksonJson.parse(text)).getMessage());
  }
}

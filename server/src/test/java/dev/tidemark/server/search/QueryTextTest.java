package dev.tidemark.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

  private static String terms(String text) {
    return assertInstanceOf(QueryText.Query.class, QueryText.parse(text, true)).terms().stream()
        .map(QueryText.Term::match)
        .collect(Collectors.joining(" "));
  }

  @Test
  void words_are_quoted_and_the_last_one_may_go_on() {
    assertEquals("\"wireless\" \"card\"*", terms("  wireless card"));
    assertEquals("\"wireless\" \"card\"", terms("wireless card "));
    assertEquals("\"wireless\" \"card\"", terms("wireless card?"));
  }

  @Test
  void a_beginning_of_less_than_three_letters_is_a_word() {
    assertEquals("\"go\"", terms("go"));
    assertEquals("\"gol\"*", terms("gol"));
  }

  @Test
  void quoted_phrases_stay_together_even_when_the_quote_is_not_closed() {
    assertEquals("\"no such file\" \"cat\"*", terms("\"no such file\" cat"));
    assertEquals("\"no such\"", terms("\"no such"));
  }

  @Test
  void operators_are_words() {
    assertEquals("\"a\" \"AND\" \"b\" \"NEAR(c\" \"body:x\"", terms("a AND b NEAR(c) body:x*"));
    assertEquals("\"OR\"", terms("-OR ^"));
  }

  @Test
  void each_word_counts_once() {
    assertEquals("\"The\" \"cat\" \"and\"", terms("The cat and the CAT "));
  }

  @Test
  void very_long_texts_are_looked_at_only_in_part() {
    String many = "word".repeat(2) + " ";
    StringBuilder text = new StringBuilder(many);
    for (int i = 0; i < 200; i++) {
      text.append('w').append(i).append(' ');
    }
    assertEquals(QueryText.MAX_TERMS, terms(text.toString()).split(" ").length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\"", "\"\"", "*", "()", "- ^ : + &&", "\u0301"})
  void a_text_without_a_word_is_refused(String text) {
    assertInstanceOf(QueryText.Unusable.class, QueryText.parse(text, true));
  }

  @Test
  void what_no_store_can_hold_is_refused() {
    assertInstanceOf(QueryText.Unusable.class, QueryText.parse("a\0b", true));
    assertInstanceOf(QueryText.Unusable.class, QueryText.parse("a\ud800b", true));
    assertInstanceOf(QueryText.Unusable.class, QueryText.parse("x".repeat(1 << 20), true));
  }
}

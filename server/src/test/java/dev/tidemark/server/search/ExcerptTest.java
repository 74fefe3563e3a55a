package dev.tidemark.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {

  private static String marked(String text) {
    return text.replace('[', Excerpt.OPEN).replace(']', Excerpt.CLOSE);
  }

  private static List<String> highlighted(Excerpt excerpt) {
    return excerpt.highlights().stream()
        .map(range -> excerpt.text().substring(range.start(), range.end()))
        .toList();
  }

  @Test
  void a_short_text_is_shown_whole_with_its_matches() {
    Excerpt excerpt = Excerpt.cut(marked("my [cat] sat on the [mat]"), null);
    assertEquals("my cat sat on the mat", excerpt.text());
    assertEquals(List.of(new Excerpt.Range(3, 6), new Excerpt.Range(18, 21)), excerpt.highlights());
  }

  @Test
  void a_long_text_is_cut_around_most_matches_between_words() {
    String filler = "some words that say nothing much ".repeat(40);
    Excerpt excerpt =
        Excerpt.cut(marked("one [cat] " + filler + "a [cat] and a [mat] here " + filler), null);
    assertEquals(List.of("cat", "mat"), highlighted(excerpt));
    assertTrue(excerpt.text().length() <= Excerpt.CHARACTERS + 2, excerpt.text());
    assertTrue(excerpt.text().startsWith("…") && excerpt.text().endsWith("…"), excerpt.text());
    assertFalse(excerpt.text().startsWith("… "), excerpt.text());
  }

  @Test
  void a_long_text_without_matches_shows_its_beginning() {
    Excerpt excerpt = Excerpt.cut("word ".repeat(200), null);
    assertTrue(excerpt.text().startsWith("word word"), excerpt.text());
    assertTrue(excerpt.text().endsWith("word…"), excerpt.text());
  }

  @Test
  void no_cut_falls_inside_a_surrogate_pair() {
    String emoji = "\ud83d\ude00";
    for (int shift = 0; shift < 2; shift++) {
      String text = "x".repeat(shift) + emoji.repeat(400);
      String shown = Excerpt.cut(text, null).text();
      assertFalse(Character.isHighSurrogate(shown.charAt(shown.length() - 2)), shown);
    }
  }

  @Test
  void markup_stays_text() {
    Excerpt excerpt = Excerpt.cut(marked("<b>[cat]</b> <script>"), null);
    assertEquals("<b>cat</b> <script>", excerpt.text());
    assertEquals(List.of("cat"), highlighted(excerpt));
  }

  @Test
  void words_that_begin_with_the_last_word_are_matches_however_written() {
    Excerpt excerpt = Excerpt.cut("Résumé, resumes and a [RESUME]", "résu");
    assertEquals(
        List.of("Résumé", "resumes", "RESUME"),
        highlighted(Excerpt.cut(marked("Résumé, resumes and a [RESUME]"), "résu")));
    assertEquals(3, excerpt.highlights().size());
  }
}

package dev.tidemark.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FusionTest {
  private final Fusion fusion = new Fusion(60, 1);

  private static List<Ranked> ranking(long... numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> Ranked.whole(numbers[i], 1.0 - i / 100.0))
        .toList();
  }

  private List<Long> order(Map<Kind, List<Ranked>> words, Map<Kind, List<Ranked>> meaning) {
    return fusion.fuse(words, meaning).stream().map(Fusion.Candidate::number).toList();
  }

  @Test
  void what_both_rankings_hold_comes_before_what_one_holds_alone() {
    assertEquals(
        List.of(4L, 3L, 1L, 2L),
        order(Map.of(Kind.MESSAGE, ranking(4, 3, 2)), Map.of(Kind.MESSAGE, ranking(1, 3, 4))));
  }

  @Test
  void kinds_share_the_answer_when_only_words_are_compared() {
    assertEquals(
        List.of(10L, 20L, 11L, 21L),
        order(Map.of(Kind.MESSAGE, ranking(10, 11), Kind.SNIPPET, ranking(20, 21)), Map.of()));
  }

  @Test
  void similarities_of_all_kinds_make_one_ranking() {
    assertEquals(
        List.of(2L, 3L, 1L),
        order(
            Map.of(),
            Map.of(
                Kind.MESSAGE,
                List.of(Ranked.whole(1, 0.2)),
                Kind.SNIPPET,
                List.of(Ranked.whole(2, 0.9), Ranked.whole(3, 0.5)))));
  }

  @Test
  void a_row_with_some_of_the_words_counts_by_its_share_of_the_query() {
    Map<Kind, List<Ranked>> meaning = Map.of(Kind.MESSAGE, ranking(1, 2));
    assertEquals(
        List.of(1L, 3L, 2L), order(Map.of(Kind.MESSAGE, List.of(new Ranked(3, 9, 0.99))), meaning));
    assertEquals(
        List.of(1L, 2L, 3L), order(Map.of(Kind.MESSAGE, List.of(new Ranked(3, 9, 0.3))), meaning));
  }

  @Test
  void the_order_depends_on_the_rankings_alone() {
    Map<Kind, List<Ranked>> words =
        Map.of(Kind.MESSAGE, ranking(1, 2), Kind.DOCUMENT, ranking(1, 2));
    assertEquals(fusion.fuse(words, Map.of()), fusion.fuse(words, Map.of()));
    assertEquals(Kind.MESSAGE, fusion.fuse(words, Map.of()).getFirst().kind());
  }
}

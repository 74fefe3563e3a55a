package dev.tidemark.client.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.client.query.ResultDiff.Applied;
import dev.tidemark.client.query.ResultDiff.Step;
import dev.tidemark.protocol.contract.SmallRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultDiffTest {

  /** Goes from one result to the next by steps and looks at what is told of them. */
  static void checkDifference(ResultSet old, ResultSet next) {
    List<Step> steps = ResultDiff.between(old, next);
    RowIdentity identity = RowIdentity.of(next.columns());
    Applied applied = ResultDiff.apply(identity, old.rows(), steps);
    assertEquals(lists(next.rows()), lists(applied.rows()));
    Set<Integer> told = new HashSet<>();
    for (int i = 0; i < applied.from().length; i++) {
      if (applied.from()[i] >= 0) {
        assertTrue(told.add(applied.from()[i]), "an old row is used twice");
        assertArrayEquals(old.rows().get(applied.from()[i]), applied.rows().get(i));
      }
    }
    for (int gone : applied.removed()) {
      assertTrue(told.add(gone), "a removed row is kept");
    }
    assertEquals(old.rows().size(), told.size() + applied.changed().length);
    assertEquals(
        applied.rows().size(),
        old.rows().size() - applied.removed().length + applied.added().length);
    if (lists(old.rows()).equals(lists(next.rows()))) {
      assertTrue(applied.isSame());
    }
  }

  @Test
  void a_new_first_row_costs_one_row() {
    ResultSet old = result(List.of("id", "body"), row("b", "2"), row("a", "1"));
    ResultSet next = result(List.of("id", "body"), row("c", "3"), row("b", "2"), row("a", "1"));
    List<Step> steps = ResultDiff.between(old, next);
    assertEquals(2, steps.size());
    assertEquals(new Step.Keep(0, 2), steps.get(1));
    Applied applied = ResultDiff.apply(RowIdentity.of(old.columns()), old.rows(), steps);
    assertArrayEquals(new int[] {0}, applied.added());
    assertEquals(0, applied.changed().length + applied.removed().length);
  }

  @Test
  void a_row_of_the_same_id_with_another_text_is_changed() {
    ResultSet old = result(List.of("space", "id", "body"), row("s", "a", "1"), row("t", "a", "1"));
    ResultSet next = result(List.of("space", "id", "body"), row("s", "a", "2"), row("t", "a", "1"));
    Applied applied =
        ResultDiff.apply(RowIdentity.of(old.columns()), old.rows(), ResultDiff.between(old, next));
    assertArrayEquals(new int[] {0}, applied.changed());
    assertArrayEquals(new int[] {-1, 1}, applied.from());
    assertEquals(0, applied.added().length + applied.removed().length);
  }

  @Test
  void without_an_identity_a_row_goes_and_comes() {
    ResultSet old = result(List.of("n"), row(1L), row(1L), row(2L));
    ResultSet next = result(List.of("n"), row(1L), row(3L));
    Applied applied =
        ResultDiff.apply(RowIdentity.of(old.columns()), old.rows(), ResultDiff.between(old, next));
    assertArrayEquals(new int[] {1}, applied.added());
    assertArrayEquals(new int[] {1, 2}, applied.removed());
    assertEquals(0, applied.changed().length);
  }

  @Test
  void a_moved_row_is_neither_added_nor_removed() {
    ResultSet old = result(List.of("id"), row("a"), row("b"), row("c"));
    ResultSet next = result(List.of("id"), row("c"), row("a"), row("b"));
    Applied applied =
        ResultDiff.apply(RowIdentity.of(old.columns()), old.rows(), ResultDiff.between(old, next));
    assertEquals(0, applied.added().length + applied.removed().length + applied.changed().length);
    assertFalse(applied.isSame());
    assertArrayEquals(new int[] {2, 0, 1}, applied.from());
  }

  @Test
  void steps_that_do_not_fit_are_refused() {
    RowIdentity identity = RowIdentity.of(List.of("id"));
    List<@Nullable Object[]> rows = result(List.of("id"), row("a")).rows();
    assertThrows(
        IllegalArgumentException.class,
        () -> ResultDiff.apply(identity, rows, List.of(new Step.Keep(0, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResultDiff.apply(identity, rows, List.of(new Step.Keep(0, 1), new Step.Keep(0, 1))));
  }

  @Test
  void any_rows_follow_from_any_other_rows() {
    List<List<String>> shapes =
        List.of(
            List.of("id", "n"), List.of("space", "id"), List.of("x", "y"), List.of("emoji", "n"));
    for (int seed = 1; seed <= 2000; seed++) {
      SmallRandom random = new SmallRandom(seed);
      List<String> columns = random.pick(shapes);
      checkDifference(random(columns, random), random(columns, random));
    }
  }

  private static ResultSet random(List<String> columns, SmallRandom random) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = random.below(8); i > 0; i--) {
      rows.add(row(random.pick(List.of("a", "b", "c", "d")), (long) random.below(3)));
    }
    return new ResultSet(columns, rows);
  }

  private static ResultSet result(List<String> columns, @Nullable Object[]... rows) {
    return new ResultSet(columns, Arrays.asList(rows));
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static List<List<@Nullable Object>> lists(List<@Nullable Object[]> rows) {
    List<List<@Nullable Object>> lists = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      lists.add(Arrays.asList(row));
    }
    return lists;
  }
}

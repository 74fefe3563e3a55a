package dev.tidemark.client.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QueryShapeTest {
  private static final String TIMELINE =
      "select id, author, body from messages where space = ? and channel = ? and thread is null"
          + " and order_key < ? order by order_key desc limit ?";

  @Test
  void a_timeline_is_understood_wholly() {
    QueryShape shape = shape(TIMELINE, "s", "general", 100L, 50L);
    assertTrue(shape.isNarrow());
    assertEquals(Set.of("message"), shape.tables());
    assertEquals(4, shape.sources().get(0).terms().size());
    IncrementalQuery incremental = shape.incremental();
    assertNotNull(incremental);
    assertEquals(
        "SELECT id, author, body, order_key, space from messages where space = ? and channel = ?"
            + " and thread is null and order_key < ? order by order_key desc  LIMIT 82",
        incremental.fillSql());
    assertEquals(List.of("s", "general", 100L), List.of(incremental.fillParameters()));
  }

  @Test
  void spelling_does_not_matter() {
    QueryShape shape =
        shape(
            "-- newest\nSELECT m.\"id\", m.Body AS text /* all */ FROM Messages AS m\n"
                + "WHERE m.[space] == 'it''s' AND m.order_key BETWEEN -5 AND 7"
                + " ORDER BY m.order_key ASC;");
    assertTrue(shape.isNarrow());
    assertEquals(3, shape.sources().get(0).terms().size());
    assertNotNull(shape.incremental());
  }

  @Test
  void channels_depend_on_messages_only_where_a_count_is_read() {
    QueryShape names = shape("select id, name from channels where space = ?", "s");
    assertEquals(Set.of("channel"), names.tables());
    QueryShape unread = shape("select id, unread from channels where space = ?", "s");
    assertEquals(Set.of("channel", "message", "read_mark", "space", "setting"), unread.tables());
  }

  @Test
  void a_table_that_the_text_does_not_show_is_watched_wholly() {
    QueryShape shape =
        QueryShape.analyse(
            "select id from messages where space = ?",
            new Object[] {"s"},
            Set.of("message", "messages", "profile"));
    assertEquals(Set.of("message", "profile"), shape.tables());
    assertFalse(shape.isNarrow());
    assertNull(shape.incremental());
  }

  @Test
  void full_text_search_depends_on_messages() {
    QueryShape shape =
        QueryShape.analyse(
            "select rowid from message_text where message_text match ?",
            new Object[] {"tide"},
            Set.of("message_text", "message_text_data"));
    assertEquals(Set.of("message"), shape.tables());
  }

  @Test
  void joins_and_subqueries_depend_on_all_tables_they_name() {
    assertEquals(
        Set.of("message", "profile"),
        shape("select * from messages m join profiles p on p.user = m.author").tables());
    assertEquals(
        Set.of("message", "reaction"),
        shape("select id from messages where id in (select message from reactions)").tables());
    assertFalse(shape("select * from messages where a = :named").isNarrow());
  }

  @Test
  void terms_under_or_are_left_out() {
    QueryShape shape =
        shape("select id from messages where space = ? and deleted = 0 or pinned = 1", "s");
    assertTrue(shape.isNarrow());
    assertEquals(List.of(), shape.sources().get(0).terms());
    assertNull(shape.incremental());
  }

  @Test
  void a_term_that_is_not_understood_does_not_hide_the_others() {
    QueryShape shape =
        shape(
            "select id from messages where body like ? and space = ? and (pinned = 1 or deleted ="
                + " 0) and not thread is null and author = lower(?) and channel = ?",
            "%x%",
            "s",
            "A",
            "c");
    List<Term> terms = shape.sources().get(0).terms();
    assertEquals(2, terms.size());
    assertEquals(new Term.Test.Is("s"), terms.get(0).test());
    assertEquals(new Term.Test.Is("c"), terms.get(1).test());
    assertNull(shape.incremental());
  }

  @Test
  void constants_that_sqlite_would_convert_are_left_to_it() {
    assertEquals(
        0, shape("select id from messages where order_key = '7'").sources().get(0).terms().size());
    assertEquals(
        0, shape("select id from messages where body = 7").sources().get(0).terms().size());
    assertEquals(
        new Term.Test.Is(7L),
        shape("select id from messages where order_key = ?", 7.0)
            .sources()
            .get(0)
            .terms()
            .get(0)
            .test());
  }

  @Test
  void rows_that_could_tie_are_not_maintained() {
    assertNull(
        shape("select id from messages where space = 's' order by created_at").incremental());
    assertNotNull(
        shape("select id from messages where space = 's' order by created_at, id").incremental());
    assertNull(shape("select id from messages order by order_key").incremental());
    assertNotNull(shape("select body from messages where space = 's' and id = 'm'").incremental());
    assertNull(shape("select distinct id from messages order by space, id").incremental());
    assertNull(shape("select id from messages order by space, id collate nocase").incremental());
    assertNull(shape("select id from messages order by space, id limit 5 offset 5").incremental());
  }

  @Test
  void an_alias_wins_over_a_column_in_order_by() {
    assertNull(
        shape("select body as order_key from messages where space = 's' order by order_key")
            .incremental());
  }

  @Test
  void counts_are_maintained() {
    IncrementalQuery count =
        shape("select count(*) as n from messages where space = ? and deleted = 0", "s")
            .incremental();
    assertTrue(count instanceof IncrementalCount);
    assertNull(shape("select count(*), id from messages").incremental());
    assertNull(shape("select count(*) from messages group by author").incremental());
  }

  private static QueryShape shape(String sql, @Nullable Object... parameters) {
    return QueryShape.analyse(sql, parameters, Set.of());
  }
}

package dev.tidemark.client.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import dev.tidemark.protocol.schema.WorkspaceTables.Profile;
import dev.tidemark.protocol.schema.WorkspaceTables.Reaction;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {
  private static final String TIMELINE =
      "select id, body from messages where space = ? and channel = ? and thread is null"
          + " order by order_key desc limit 50";

  private final Subscriptions<String> subscriptions = new Subscriptions<>();

  @Test
  void only_the_timeline_of_the_message_is_affected() {
    add("general", TIMELINE, "s", "general");
    add("random", TIMELINE, "s", "random");
    add("elsewhere", TIMELINE, "t", "general");
    add("thread", "select id from messages where space = ? and thread = ?", "s", "m1");
    add("members", "select * from members where space = ?", "s");
    assertEquals(Set.of("general"), affected(inserted(message("s", "m2", "general", null))));
    assertEquals(Set.of("thread"), affected(inserted(message("s", "m3", "general", "m1"))));
    assertEquals(
        Set.of("members"),
        affected(new Change(Member.TABLE, null, new @Nullable Object[] {"s", "u", "owner"})));
  }

  @Test
  void a_row_that_moves_affects_both_places() {
    add("general", TIMELINE, "s", "general");
    add("random", TIMELINE, "s", "random");
    Change moved =
        new Change(
            Message.TABLE, message("s", "m", "general", null), message("s", "m", "random", null));
    assertEquals(Set.of("general", "random"), affected(moved));
  }

  @Test
  void a_column_that_is_not_read_does_not_matter() {
    add("general", TIMELINE, "s", "general");
    add("stars", "select * from messages where space = ?", "s");
    @Nullable Object[] before = message("s", "m", "general", null);
    @Nullable Object[] after = before.clone();
    after[Message.REACTIONS] = 1L;
    assertEquals(Set.of("stars"), affected(new Change(Message.TABLE, before, after)));
  }

  @Test
  void ranges_and_lists_narrow_what_is_affected() {
    add("window", "select id from messages where space = ? and order_key >= ?", "s", 10L);
    add("two", "select emoji from reactions where space = ? and message in (?, ?)", "s", "a", "b");
    assertEquals(Set.of(), affected(inserted(message("s", "m", "general", null))));
    assertEquals(Set.of("two"), affected(reaction("b")));
    assertEquals(Set.of(), affected(reaction("c")));
  }

  @Test
  void a_row_that_fills_a_gap_of_a_left_join_matters() {
    add(
        "strangers",
        "select m.id from messages m left join profiles p on p.space = m.space and p.user ="
            + " m.author where m.space = ? and p.name is null",
        "s");
    assertEquals(Set.of("strangers"), affected(profile("s")));
    assertEquals(Set.of(), affected(profile("t")));
  }

  @Test
  void a_row_that_moves_in_an_index_matters_to_a_limit_without_an_order() {
    add("any", "select id from messages where space = ? limit 3", "s");
    add("first", "select id from messages where space = ? order by id limit 3", "s");
    @Nullable Object[] before = message("s", "m", "general", null);
    @Nullable Object[] after = before.clone();
    after[Message.ORDER_KEY] = 8L;
    assertEquals(Set.of("any"), affected(new Change(Message.TABLE, before, after)));
  }

  @Test
  void undone_and_redone_rows_do_not_matter() {
    add("general", TIMELINE, "s", "general");
    @Nullable Object[] row = message("s", "m", "general", null);
    assertEquals(
        Set.of(),
        subscriptions.affected(
            List.of(
                new Change(Message.TABLE, row, null),
                new Change(Message.TABLE, null, row.clone()))));
  }

  @Test
  void a_removed_query_is_affected_no_more() {
    add("two", "select emoji from reactions where space = ? and message in (?, ?)", "s", "a", "b");
    assertThrows(IllegalArgumentException.class, () -> add("two", "select 1"));
    subscriptions.remove("two");
    subscriptions.remove("two");
    assertEquals(0, subscriptions.size());
    assertEquals(Set.of(), affected(reaction("a")));
  }

  @Test
  void work_does_not_grow_with_the_number_of_queries() {
    assertEquals(examinedWith(50), examinedWith(5_000));
  }

  private static long examinedWith(int queries) {
    Subscriptions<Integer> many = new Subscriptions<>();
    for (int i = 0; i < queries; i++) {
      String sql =
          switch (i % 3) {
            case 0 -> TIMELINE;
            case 1 ->
                "select count(*) from messages where space = ? and channel = ? and deleted = 0";
            default -> "select id, unread from channels where space = ? and id = ? order by id";
          };
      Object[] parameters = {"s" + i % 7, "channel-" + i / 3};
      many.add(i, QueryShape.analyse(sql, parameters, Set.of()));
    }
    for (int i = 0; i < 10; i++) {
      List<Change> commit = List.of(inserted(message("s" + i * 3 % 7, "m", "channel-" + i, null)));
      assertTrue(many.affected(commit).contains(i * 3));
    }
    return many.examined();
  }

  private void add(String id, String sql, @Nullable Object... parameters) {
    subscriptions.add(id, QueryShape.analyse(sql, parameters, Set.of()));
  }

  private Set<String> affected(Change change) {
    return subscriptions.affected(List.of(change));
  }

  private static Change inserted(@Nullable Object[] row) {
    return new Change(Message.TABLE, null, row);
  }

  private static Change profile(String space) {
    return new Change(Profile.TABLE, null, new @Nullable Object[] {space, "ada", "Ada", null});
  }

  private static Change reaction(String message) {
    return new Change(
        Reaction.TABLE, null, new @Nullable Object[] {"s", message, "ada", "👍", "general"});
  }

  private static @Nullable Object[] message(
      String space, String id, String channel, @Nullable String thread) {
    return new @Nullable Object[] {
      space, id, channel, thread, "ada", "hello", 7L, 0L, 1L, null, 0L, 0L, 0L, null, 0L, 1L, null
    };
  }
}

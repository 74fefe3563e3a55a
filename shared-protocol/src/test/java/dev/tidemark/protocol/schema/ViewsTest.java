package dev.tidemark.protocol.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.TestDatabases;
import dev.tidemark.protocol.contract.Replica;
import dev.tidemark.protocol.contract.SpaceLog;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.ReplicaTables.Setting;
import dev.tidemark.protocol.schema.ReplicaTables.Space;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The views are a promise to applications: their columns, their values, and their speed. */
class ViewsTest {
  private static final String TIMELINE =
      "select id, body from messages where space=? and channel=? and thread is null and"
          + " order_key<? order by order_key desc limit ?";

  private final SqlConnection connection = TestDatabases.inMemory();
  private final Database database = new SqlDatabase(connection);
  private final SpaceLog log = new SpaceLog("team");
  private final SpaceLog personal = new SpaceLog("adas");

  ViewsTest() {
    Schema.migrateReplica(connection);
    database.insert(Setting.TABLE, new @Nullable Object[] {Setting.USER, "ada"});
    database.insert(Space.TABLE, new @Nullable Object[] {"team", "The team", "owner", 99L, 0L});
    database.insert(Space.TABLE, new @Nullable Object[] {"adas", "Ada", "owner", 9L, 1L});
    happened("ada", new WorkspaceEvent.MemberJoined("ada", Role.OWNER));
    happened("ada", new WorkspaceEvent.ChannelCreated("general", "General"));
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          spaces     : id name role head position personal
          channels   : space id name archived unread created_at last_at messages
          messages   : space channel id thread author body created_at edited_at deleted state position order_key replies last_reply_at reactions pinned version attachments
          reactions  : space message author emoji channel
          members    : space user role
          profiles   : space user name avatar
          documents  : space id title author created_at updated_at version
          read_marks : space channel position
          outbox     : space id type payload state code detail created_at number
          """)
  void columns_never_change(String view, String columns) {
    assertEquals(columns, String.join(" ", Rows.columns(connection, view)));
  }

  @Test
  void a_message_is_sent_pending_or_refused_and_only_a_sent_one_has_a_position() {
    message("ben", "m1", null);
    Event pending = log.pending("ada", 0, body("m2", null));
    long first = (1L << 52) + 1;
    WorkspaceProjection.apply(pending, first, Message.STATE_PENDING, database);
    Event refused = log.pending("ada", 0, body("m3", null));
    WorkspaceProjection.apply(refused, first + 1, Message.STATE_REFUSED, database);
    assertEquals(
        List.of("m1|sent|3|3", "m2|pending|-|" + first, "m3|refused|-|" + (first + 1)),
        Rows.of(
            connection, "SELECT id, state, position, order_key FROM messages ORDER BY order_key"));
  }

  @Test
  void unread_counts_what_others_said_after_the_mark() {
    message("ben", "before", null);
    mark(log.events().size());
    assertEquals(List.of("0"), unread());

    message("ben", "m1", null);
    message("ben", "m2", null);
    assertEquals(List.of("2"), unread());
    message("ada", "own", null);
    assertEquals(List.of("2"), unread(), "own messages are read");
    message("ben", "reply", "m1");
    assertEquals(List.of("2"), unread(), "replies are not counted");
    happened("ben", new WorkspaceEvent.MessageDeleted("m1"));
    assertEquals(List.of("1"), unread(), "deleted ones are not counted");
    WorkspaceProjection.apply(
        log.pending("ben", 0, body("pending", null)), 1L << 52, Message.STATE_PENDING, database);
    assertEquals(List.of("1"), unread(), "pending ones are not counted");

    mark(log.events().size());
    assertEquals(List.of("0"), unread());
    mark(1);
    assertEquals(List.of("0"), unread(), "a mark never goes back");
    message("ben", "after", null);
    assertEquals(List.of("1"), unread());
  }

  @Test
  void somebody_elses_mark_in_a_shared_space_means_nothing() {
    message("ben", "m1", null);
    happened("ben", new WorkspaceEvent.ReadMarked("team", "general", 99));
    assertEquals(List.of("1"), unread());
    assertEquals(List.of(), Rows.of(connection, "SELECT * FROM read_marks"));
  }

  @Test
  void a_channel_knows_how_many_messages_it_has_and_when_the_last_was_written() {
    message("ben", "m1", null);
    log.passMillis(5000);
    message("ben", "m2", null);
    message("ben", "reply", "m1");
    assertEquals(
        List.of("2|" + (SpaceLog.START_MILLIS + 5000)),
        Rows.of(connection, "SELECT messages, last_at FROM channels"));
  }

  @Test
  void a_space_tells_how_far_it_is_applied() {
    assertEquals(
        List.of("adas|0|1", "team|2|0"),
        Rows.of(connection, "SELECT id, position, personal FROM spaces ORDER BY id"));
  }

  @Test
  void the_outbox_tells_what_waits_and_what_was_refused() {
    outbox(1, "e1", Outbox.STATE_PENDING, null, null);
    outbox(2, "e2", Outbox.STATE_REFUSED, "forbidden", "No.");
    assertEquals(
        List.of(
            "team|e1|message.pinned|{}|pending|-|-|5|1",
            "team|e2|message.pinned|{}|refused|forbidden|No.|5|2"),
        Rows.of(connection, "SELECT * FROM outbox ORDER BY number"));
  }

  @Test
  void the_timeline_is_read_from_its_index_without_sorting() {
    String plan = plan(TIMELINE);
    assertTrue(
        plan.contains("USING INDEX message_timeline (space=? AND channel=? AND thread=?"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void the_timeline_is_newest_first_with_pending_ones_on_top() {
    for (int i = 1; i <= 60; i++) {
      message("ben", "m" + i, null);
    }
    message("ben", "reply", "m1");
    WorkspaceProjection.apply(
        log.pending("ada", 0, body("mine", null)), 1L << 52, Message.STATE_PENDING, database);
    List<String> newest = Rows.of(connection, TIMELINE, "team", "general", Long.MAX_VALUE, 50L);
    assertEquals(50, newest.size());
    assertEquals("mine|text", newest.getFirst());
    assertEquals("m60|text", newest.get(1));
    assertEquals("m12|text", newest.getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from messages where space=? and channel=? and thread=? and order_key>? order by"
            + " order_key limit ?",
        "select body from messages where space=? and id=?",
        "select emoji, author from reactions where space=? and message=?",
        "select role from members where space=? and user=?",
        "select name from profiles where space=? and user=?",
        "select title from documents where space=? and id=?",
        "select * from channels where space=? and id=?",
        "select * from read_marks where space=?",
        "select * from spaces where id=?",
        "select count(*) from messages where space=? and channel=? and thread is null",
      })
  void hot_queries_are_searches(String sql) {
    String plan = plan(sql);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
    assertFalse(plan.replace("SCAN r", "").replace("SCAN s", "").contains("SCAN"), plan);
  }

  private List<String> unread() {
    return Rows.of(connection, "SELECT unread FROM channels WHERE space='team' AND id='general'");
  }

  private void mark(long position) {
    new Replica(database, null)
        .apply(
            List.of(
                personal.add("ada", new WorkspaceEvent.ReadMarked("team", "general", position))));
  }

  private void message(String author, String id, @Nullable String thread) {
    happened(author, body(id, thread));
  }

  private static WorkspaceEvent body(String id, @Nullable String thread) {
    return new WorkspaceEvent.MessageCreated(id, "general", "text", thread, List.of());
  }

  private void happened(String author, WorkspaceEvent body) {
    new Replica(database, null).apply(List.of(log.add(author, body)));
  }

  private void outbox(
      long number, String id, long state, @Nullable String code, @Nullable String detail) {
    database.insert(
        Outbox.TABLE,
        new @Nullable Object[] {
          number, "team", id, "message.pinned", "ada", 0L, 5L, "{}", state, code, detail, null
        });
  }

  private String plan(String sql) {
    return String.join("\n", Rows.of(connection, "EXPLAIN QUERY PLAN " + sql));
  }
}

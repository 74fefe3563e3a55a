package dev.tidemark.server.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hot queries look rows up; none walks a table or sorts. */
class QueryPlanTest {
  @TempDir Path data;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = new Storage(DataFolder.open(data), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private List<String> plan(String sql) {
    return storage
        .readers()
        .read(reader -> {
          List<String> steps = new ArrayList<>();
          PreparedStatement explain = reader.prepare("explain query plan " + sql);
          try (ResultSet row = explain.executeQuery()) {
            while (row.next()) {
              steps.add(row.getString("detail"));
            }
          }
          return steps;
        });
  }

  private void assertLooksUp(String sql, String... indexes) {
    List<String> plan = plan(sql);
    String text = String.join("\n", plan);
    assertFalse(plan.stream().anyMatch(step -> step.startsWith("SCAN e")), text);
    assertFalse(plan.stream().anyMatch(step -> step.startsWith("SCAN m")), text);
    assertFalse(plan.stream().anyMatch(step -> step.startsWith("SCAN log")), text);
    assertFalse(text.contains("TEMP B-TREE"), text);
    for (String index : indexes) {
      assertTrue(text.contains(index), text);
    }
  }

  @Test
  void a_page_of_events_is_one_range_of_the_primary_key() {
    assertLooksUp(
        LogReader.PAGE,
        "SEARCH m USING PRIMARY KEY (space=? AND user=?)",
        "SEARCH e USING PRIMARY KEY (space=? AND position>?)");
  }

  @Test
  void membership_and_head_are_two_lookups() {
    assertLooksUp(
        LogReader.MEMBERSHIP_AND_HEAD,
        "SEARCH m USING PRIMARY KEY (space=? AND user=?)",
        "SEARCH e USING PRIMARY KEY (space=?)");
  }

  @Test
  void the_spaces_of_a_user_come_from_the_index_of_members() {
    assertLooksUp(LogReader.SPACES_OF_USER, "INDEX member_by_user (user=?)");
    assertLooksUp(LogReader.SPACE_OF_USER, "SEARCH m USING PRIMARY KEY (space=? AND user=?)");
  }

  @Test
  void known_events_are_looked_up_by_id_each() {
    assertLooksUp(
        LogAppender.KNOWN_EVENTS, "SEARCH e USING INDEX log_event_by_id (space=? AND id=?)");
  }

  @Test
  void a_hash_of_a_cursor_is_one_lookup() {
    assertLooksUp(LogReader.HASH_AT, "SEARCH log_event USING PRIMARY KEY (space=? AND position=?)");
  }

  @Test
  void edits_to_erase_come_from_their_partial_index() {
    assertLooksUp(
        Eraser.FIND_EDITS, "SEARCH log_event USING INDEX log_event_edits (space=? AND target=?)");
  }

  @Test
  void tokens_and_sessions_are_lookups_by_their_hash() {
    for (String table : List.of("account_token", "account_session")) {
      assertEquals(
          List.of("SEARCH " + table + " USING PRIMARY KEY (hash=?)"),
          plan("select account from " + table + " where hash = ?"));
    }
  }

  @Test
  void a_timeline_is_a_range_of_its_index() {
    assertLooksUp(
        "select id from message where space = ? and channel = ? and thread is null"
            + " and order_key < ? order by order_key desc limit ?",
        "message_timeline (space=? AND channel=? AND thread=? AND order_key<?)");
  }
}

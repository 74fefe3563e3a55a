package dev.tidemark.protocol.database;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.contract.RecordingDatabase;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Profile;
import dev.tidemark.protocol.schema.WorkspaceTables.Reaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What projections may rely on, whatever holds the rows. */
abstract class DatabaseContract {
  @SuppressWarnings("NullAway.Init")
  private Database database;

  /** An empty database with a replica's tables. */
  abstract Database open();

  @BeforeEach
  final void openDatabase() {
    database = open();
  }

  @Test
  void a_row_is_found_under_each_of_its_keys() {
    @Nullable Object[] row = event("s", 3, "e3");
    assertTrue(database.insert(Events.TABLE, row));
    assertArrayEquals(row, database.find(Events.TABLE.key(), "s", 3L));
    assertArrayEquals(row, database.find(Events.BY_ID, "s", "e3"));
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertNull(database.find(Member.TABLE.key(), "s", "ada"));
    database.insert(Member.TABLE, member("s", "ada", "owner"));
    assertNull(database.find(Member.TABLE.key(), "s", "ben"));
    assertNull(database.find(Member.TABLE.key(), "t", "ada"));
    assertNull(database.find(Member.TABLE.key(), "s", "ADA"));
    assertNull(database.find(Member.TABLE.key(), "s", "ad"));
  }

  @Test
  void an_insert_under_a_taken_key_changes_nothing() {
    @Nullable Object[] row = event("s", 3, "e3");
    database.insert(Events.TABLE, row);
    assertFalse(database.insert(Events.TABLE, event("s", 3, "e4")));
    assertArrayEquals(row, database.find(Events.TABLE.key(), "s", 3L));
    assertNull(database.find(Events.BY_ID, "s", "e4"));
  }

  @Test
  void an_insert_under_a_taken_further_key_changes_nothing() {
    @Nullable Object[] row = event("s", 3, "e3");
    database.insert(Events.TABLE, row);
    assertFalse(database.insert(Events.TABLE, event("s", 4, "e3")));
    assertNull(database.find(Events.TABLE.key(), "s", 4L));
    assertArrayEquals(row, database.find(Events.BY_ID, "s", "e3"));
    assertTrue(database.insert(Events.TABLE, event("t", 3, "e3")));
  }

  @Test
  void every_kind_of_value_survives() {
    for (@Nullable Object[] row :
        List.of(
            new @Nullable Object[] {"s", "a", "", null},
            new @Nullable Object[] {"s", "b", "null", ""},
            new @Nullable Object[] {"s", "c", "🌊\u2028\uffff\"'\\\n", "0"},
            new @Nullable Object[] {"s", "d", "1", "1.0"})) {
      assertTrue(database.insert(Profile.TABLE, row));
      assertArrayEquals(row, database.find(Profile.TABLE.key(), "s", requireNonNull(row[1])));
    }
    for (long number : new long[] {1, Integer.MAX_VALUE + 1L, (1L << 52) + 7, (1L << 53) - 1}) {
      @Nullable Object[] row = event("numbers", number, "e" + number);
      assertTrue(database.insert(Events.TABLE, row));
      assertArrayEquals(row, database.find(Events.TABLE.key(), "numbers", number));
    }
  }

  @Test
  void an_update_replaces_the_row_and_leaves_the_old_one_as_it_was() {
    database.insert(Channel.TABLE, channel("general", "General"));
    @Nullable Object[] before = requireNonNull(find("general"));
    @Nullable Object[] after = before.clone();
    after[Channel.NAME] = "Harbour";
    after[Channel.ARCHIVED] = 1L;
    database.update(Channel.TABLE, before, after);
    assertArrayEquals(after, find("general"));
    assertEquals("General", before[Channel.NAME]);
  }

  @Test
  void an_update_may_set_and_clear_what_can_be_null() {
    @Nullable Object[] empty = {"s", "ada", "Ada", null};
    @Nullable Object[] full = {"s", "ada", "Ada", "🦀"};
    database.insert(Profile.TABLE, empty);
    database.update(Profile.TABLE, empty, full);
    assertArrayEquals(full, database.find(Profile.TABLE.key(), "s", "ada"));
    database.update(Profile.TABLE, full, empty);
    assertArrayEquals(empty, database.find(Profile.TABLE.key(), "s", "ada"));
  }

  @Test
  void an_update_writes_only_the_columns_that_differ() {
    @Nullable Object[] read = channel("general", "General");
    database.insert(Channel.TABLE, read);
    @Nullable Object[] renamed = read.clone();
    renamed[Channel.NAME] = "Harbour";
    database.update(Channel.TABLE, read, renamed);
    @Nullable Object[] archived = read.clone();
    archived[Channel.ARCHIVED] = 1L;
    database.update(Channel.TABLE, read, archived);
    @Nullable Object[] now = requireNonNull(find("general"));
    assertEquals("Harbour", now[Channel.NAME]);
    assertEquals(1L, now[Channel.ARCHIVED]);
  }

  @Test
  void an_update_without_a_difference_changes_nothing() {
    @Nullable Object[] row = channel("general", "General");
    database.insert(Channel.TABLE, row);
    database.update(Channel.TABLE, row, row.clone());
    assertArrayEquals(row, find("general"));
  }

  @Test
  void an_update_moves_a_further_key() {
    @Nullable Object[] before = event("s", 3, "old");
    database.insert(Events.TABLE, before);
    @Nullable Object[] after = event("s", 3, "new");
    database.update(Events.TABLE, before, after);
    assertNull(database.find(Events.BY_ID, "s", "old"));
    assertArrayEquals(after, database.find(Events.BY_ID, "s", "new"));
    assertTrue(database.insert(Events.TABLE, event("s", 4, "old")));
  }

  @Test
  void a_deleted_row_is_gone_under_every_key_and_can_come_back() {
    @Nullable Object[] row = event("s", 3, "e3");
    database.insert(Events.TABLE, row);
    database.delete(Events.TABLE, row);
    assertNull(database.find(Events.TABLE.key(), "s", 3L));
    assertNull(database.find(Events.BY_ID, "s", "e3"));
    assertTrue(database.insert(Events.TABLE, row));
  }

  @Test
  void writing_to_a_row_that_is_not_there_is_a_bug() {
    @Nullable Object[] row = channel("general", "General");
    @Nullable Object[] after = channel("general", "Harbour");
    assertThrows(IllegalStateException.class, () -> database.update(Channel.TABLE, row, after));
    assertThrows(IllegalStateException.class, () -> database.delete(Channel.TABLE, row));
  }

  @Test
  void a_scan_finds_the_prefix_and_nothing_else() {
    database.insert(Member.TABLE, member("s", "ada", "owner"));
    database.insert(Member.TABLE, member("s", "ben", "member"));
    database.insert(Member.TABLE, member("sp", "cleo", "member"));
    database.insert(Member.TABLE, member("r", "dan", "member"));
    assertEquals(List.of("ada", "ben"), column(database.scan(Member.TABLE, 10, "s"), 1));
    assertEquals(List.of("ben"), column(database.scan(Member.TABLE, 10, "s", "ben"), 1));
    assertEquals(List.of(), database.scan(Member.TABLE, 10, "absent"));
    assertEquals(List.of("dan", "ada", "ben", "cleo"), column(database.scan(Member.TABLE, 10), 1));
  }

  @Test
  void a_scan_ends_at_its_limit() {
    for (String user : List.of("cleo", "ada", "ben")) {
      database.insert(Member.TABLE, member("s", user, "member"));
    }
    assertEquals(List.of("ada", "ben"), column(database.scan(Member.TABLE, 2, "s"), 1));
    assertEquals(List.of(), database.scan(Member.TABLE, 0, "s"));
  }

  @Test
  void numbers_are_scanned_as_numbers() {
    for (long position : new long[] {10, 9, 100, 1L << 52, 2}) {
      database.insert(Events.TABLE, event("s", position, "e" + position));
    }
    assertEquals(
        List.of(2L, 9L, 10L, 100L, 1L << 52),
        column(database.scan(Events.TABLE, 10, "s"), Events.POSITION));
  }

  @Test
  void texts_are_scanned_by_code_point() {
    for (String emoji : List.of("🌊", "＋", "b", "a", "B", "é", "aa")) {
      database.insert(Reaction.TABLE, new @Nullable Object[] {"s", "m", "ada", emoji, "general"});
    }
    assertEquals(
        List.of("B", "a", "aa", "b", "é", "＋", "🌊"),
        column(database.scan(Reaction.TABLE, 10, "s", "m"), Reaction.EMOJI));
  }

  @Test
  void inverse_changes_take_everything_back() {
    @Nullable Object[] kept = channel("kept", "Kept");
    @Nullable Object[] lost = channel("lost", "Lost");
    database.insert(Channel.TABLE, kept);
    database.insert(Channel.TABLE, lost);

    RecordingDatabase recording = new RecordingDatabase(database);
    recording.insert(Channel.TABLE, channel("new", "New"));
    assertFalse(recording.insert(Channel.TABLE, channel("new", "Newer")));
    @Nullable Object[] renamed = channel("kept", "Renamed");
    recording.update(Channel.TABLE, kept, renamed);
    recording.update(Channel.TABLE, renamed, channel("kept", "Renamed twice"));
    recording.delete(Channel.TABLE, lost);
    assertEquals(List.of("kept", "new"), column(database.scan(Channel.TABLE, 9, "s"), 1));
    recording.undo();

    assertEquals(List.of("kept", "lost"), column(database.scan(Channel.TABLE, 9, "s"), 1));
    assertArrayEquals(kept, find("kept"));
    assertArrayEquals(lost, find("lost"));
  }

  @Test
  void a_key_of_one_number_works_like_any_other() {
    @Nullable Object[] row = {
      7L, "s", "e", "message.deleted", "ada", 0L, 1L, "{}", Outbox.STATE_PENDING, null, null, null
    };
    assertTrue(database.insert(Outbox.TABLE, row));
    @Nullable Object[] again = row.clone();
    again[Outbox.NUMBER] = 8L;
    assertFalse(database.insert(Outbox.TABLE, again));
    assertArrayEquals(row, database.find(Outbox.TABLE.key(), 7L));
    assertArrayEquals(row, database.find(Outbox.BY_ID, "s", "e"));
  }

  private @Nullable Object @Nullable [] find(String channel) {
    return database.find(Channel.TABLE.key(), "s", channel);
  }

  private static List<@Nullable Object> column(List<@Nullable Object[]> rows, int column) {
    List<@Nullable Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row[column]));
    return values;
  }

  private static @Nullable Object[] member(String space, String user, String role) {
    return new @Nullable Object[] {space, user, role};
  }

  private static @Nullable Object[] channel(String id, String name) {
    return new @Nullable Object[] {"s", id, name, 0L, 1L, "ada"};
  }

  static @Nullable Object[] event(String space, long position, String id) {
    return new @Nullable Object[] {
      space, position, id, "message.deleted", "ada", "user", 0L, 1L, 2L, "m", null, "{}"
    };
  }
}

package dev.tidemark.protocol.schema;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.protocol.TestDatabases;
import dev.tidemark.protocol.contract.RecordingDatabase;
import dev.tidemark.protocol.contract.Replica;
import dev.tidemark.protocol.contract.SpaceLog;
import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Search follows the rows through every change and every undo; FTS5's own check says so. */
class FullTextTest {
  private final SqlConnection connection = TestDatabases.inMemory();
  private final SqlDatabase database = new SqlDatabase(connection);
  private final SpaceLog log = new SpaceLog("team");

  FullTextTest() {
    Schema.migrateReplica(connection);
    happened(message("m1", "the tide rises"));
    happened(message("m2", "the tide falls"));
  }

  @AfterEach
  void checkAndClose() {
    // rank 1: compares the index with the table, not only with itself
    connection.execute(
        "INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)");
    connection.close();
  }

  @Test
  void an_edit_finds_the_words_that_stay_and_those_that_come() {
    happened(new WorkspaceEvent.MessageEdited("m1", "the tide turns"));
    assertEquals(List.of("m2", "m1"), found("tide"));
    assertEquals(List.of("m1"), found("turns"));
    assertEquals(List.of(), found("rises"));
  }

  @Test
  void case_and_accents_do_not_matter() {
    happened(message("m3", "Ebbe über Nacht, naïve"));
    assertEquals(List.of("m3"), found("UBER"));
    assertEquals(List.of("m3"), found("naive"));
    assertEquals(List.of("m3"), found("nac*"));
  }

  @Test
  void a_deleted_message_is_found_no_more() {
    happened(new WorkspaceEvent.MessageDeleted("m1"));
    assertEquals(List.of("m2"), found("tide"));
    assertEquals(List.of(), found("rises"));
  }

  @Test
  void an_erased_text_leaves_the_index_itself() {
    assertEquals(
        List.of("1"),
        Rows.of(connection, "SELECT v FROM message_text_config WHERE k = 'secure-delete'"));
  }

  @Test
  void an_undone_message_leaves_nothing() {
    RecordingDatabase recording = pending(message("m3", "a spring tide"));
    assertEquals(List.of("m3", "m2", "m1"), found("tide"));
    recording.undo();
    assertEquals(List.of("m2", "m1"), found("tide"));
    assertEquals(List.of(), found("spring"));
  }

  @Test
  void an_undone_edit_brings_the_old_words_back() {
    RecordingDatabase recording = pending(new WorkspaceEvent.MessageEdited("m1", "the tide turns"));
    recording.undo();
    assertEquals(List.of("m1"), found("rises"));
    assertEquals(List.of("m2", "m1"), found("tide"));
    assertEquals(List.of(), found("turns"));
  }

  @Test
  void an_undone_deletion_brings_the_words_back() {
    RecordingDatabase recording = pending(new WorkspaceEvent.MessageDeleted("m1"));
    recording.undo();
    assertEquals(List.of("m1"), found("rises"));
  }

  @Test
  void an_undone_removal_of_a_row_brings_the_words_back() {
    RecordingDatabase recording = new RecordingDatabase(database);
    @Nullable Object[] row = requireNonNull(database.find(Message.TABLE.key(), "team", "m1"));
    recording.delete(Message.TABLE, row);
    assertEquals(List.of("m2"), found("tide"));
    recording.undo();
    assertEquals(List.of("m1"), found("rises"));
  }

  @Test
  void a_confirmed_row_may_take_the_number_of_an_undone_one() {
    RecordingDatabase mine = pending(message("mine", "neap tide"));
    RecordingDatabase edit = pending(new WorkspaceEvent.MessageEdited("mine", "neap tides"));
    edit.undo();
    mine.undo();
    happened(message("theirs", "storm tide"));
    happened(message("mine", "neap tide"));
    happened(new WorkspaceEvent.MessageEdited("mine", "neap tides"));
    assertEquals(List.of("theirs"), found("storm"));
    assertEquals(List.of("mine"), found("neap"));
    assertEquals(List.of("mine"), found("tides"));
  }

  @Test
  void a_space_that_is_left_is_found_no_more() {
    new Replica(database, null).forget("team");
    assertEquals(List.of(), found("tide"));
  }

  private RecordingDatabase pending(WorkspaceEvent body) {
    return new Replica(database, null).applyPending(log.pending("ada", 0, body), 1);
  }

  private void happened(WorkspaceEvent body) {
    new Replica(database, null).apply(List.of(log.add("ada", body)));
  }

  private static WorkspaceEvent message(String id, String body) {
    return new WorkspaceEvent.MessageCreated(id, "general", body, null, List.of());
  }

  private List<String> found(String words) {
    return Rows.of(
        connection,
        "SELECT m.id FROM message_text t JOIN message m ON m.number = t.rowid WHERE message_text"
            + " MATCH ? ORDER BY t.rowid DESC",
        words);
  }
}

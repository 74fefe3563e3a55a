package dev.tidemark.protocol.projection;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.contract.Replica;
import dev.tidemark.protocol.contract.ScriptedLog;
import dev.tidemark.protocol.contract.SpaceLog;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Document;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import dev.tidemark.protocol.schema.WorkspaceTables.Profile;
import dev.tidemark.protocol.schema.WorkspaceTables.Reaction;
import dev.tidemark.protocol.schema.WorkspaceTables.ReadMark;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the scripted log means, so that the pinned hashes are known to be the right ones. */
class ScriptedLogTest {
  private static final String SPACE = "scripted";
  private static final List<Event> EVENTS = ScriptedLog.events(SPACE);

  private final MemoryDatabase database = new MemoryDatabase();

  ScriptedLogTest() {
    new Replica(database, null).apply(EVENTS);
  }

  @Test
  void the_log_holds_every_event_type() {
    for (Class<?> type : WorkspaceEvent.class.getPermittedSubclasses()) {
      assertTrue(EVENTS.stream().anyMatch(event -> type.isInstance(event.body())), type.getName());
    }
  }

  @Test
  void members_come_change_and_go() {
    assertEquals(3, database.size(Member.TABLE));
    assertEquals("owner", member("ada")[Member.ROLE]);
    assertEquals("owner", member("ben")[Member.ROLE]);
    assertEquals("reader", member("cleo")[Member.ROLE]);
    assertNull(database.find(Member.TABLE.key(), SPACE, "dan"));
  }

  @Test
  void the_latest_profile_counts() {
    @Nullable Object[] ada = requireNonNull(database.find(Profile.TABLE.key(), SPACE, "ada"));
    assertEquals("Ada Λ", ada[Profile.NAME]);
    assertEquals("🦀", ada[Profile.AVATAR]);
  }

  @Test
  void a_channel_belongs_to_whom_was_first_and_takes_a_new_name() {
    @Nullable Object[] general = channel("general");
    assertEquals("General", general[Channel.NAME]);
    assertEquals("ada", general[Channel.AUTHOR]);
    assertEquals(0L, general[Channel.ARCHIVED]);
    @Nullable Object[] random = channel("random");
    assertEquals("Harbour", random[Channel.NAME]);
    assertEquals(1L, random[Channel.ARCHIVED]);
    assertEquals(2, database.size(Channel.TABLE));
  }

  @Test
  void an_edit_changes_text_time_and_version() {
    @Nullable Object[] second = message("second");
    assertEquals("Zweite, mended twice", second[Message.BODY]);
    assertEquals(3L, second[Message.VERSION]);
    assertEquals(0L, second[Message.PINNED]);
    assertTrue(Rows.integer(second, Message.EDITED_AT) > Rows.integer(second, Message.CREATED_AT));
  }

  @Test
  void a_deleted_message_keeps_its_place_without_text_and_takes_nothing_more() {
    @Nullable Object[] third = message("third");
    assertEquals("", third[Message.BODY]);
    assertEquals(1L, third[Message.DELETED]);
    assertEquals(0L, third[Message.PINNED]);
    assertEquals(0L, third[Message.REACTIONS]);
    assertEquals(3L, third[Message.VERSION]);
    assertEquals(positionOf("third"), third[Message.ORDER_KEY]);
  }

  @Test
  void a_root_counts_its_replies_and_knows_the_latest() {
    @Nullable Object[] first = message("first");
    assertEquals("Hello, tide", first[Message.BODY]);
    assertEquals(1L, first[Message.PINNED]);
    assertEquals(3L, first[Message.REPLIES]);
    assertEquals(message("old")[Message.CREATED_AT], first[Message.LAST_REPLY_AT]);
    assertEquals("first", message("reply-1")[Message.THREAD]);
    assertEquals("absent", message("reply-3")[Message.THREAD]);
  }

  @Test
  void reactions_are_a_set_and_counted() {
    assertEquals(3, database.scan(Reaction.TABLE, 10, SPACE, "first").size());
    assertEquals(3L, message("first")[Message.REACTIONS]);
    assertEquals(0, database.scan(Reaction.TABLE, 10, SPACE, "third").size());
    assertEquals(3, database.size(Reaction.TABLE));
  }

  @Test
  void a_believable_clock_is_shown_another_is_not_and_an_imports_is() {
    long hour = 60L * 60 * 1000;
    assertEquals(serverTimeOf("late") - 23 * hour, message("late")[Message.CREATED_AT]);
    assertEquals(serverTimeOf("wrong"), message("wrong")[Message.CREATED_AT]);
    assertEquals(serverTimeOf("old") - 3650 * 24 * hour, message("old")[Message.CREATED_AT]);
    assertEquals("import:eve", message("old")[Message.AUTHOR]);
  }

  @Test
  void attachments_are_kept_as_json() {
    assertTrue(
        String.valueOf(message("fourth")[Message.ATTACHMENTS])
            .startsWith("[{\"bytes\":4096,\"name\":\"tide \\\"table\\\".pdf\",\"sha256\":\"abab"));
  }

  @Test
  void a_document_knows_its_latest_edit() {
    @Nullable Object[] plan = requireNonNull(database.find(Document.TABLE.key(), SPACE, "plan"));
    assertEquals("The plan", plan[Document.TITLE]);
    assertEquals(3L, plan[Document.VERSION]);
    assertTrue(Rows.integer(plan, Document.UPDATED_AT) > Rows.integer(plan, Document.CREATED_AT));
    assertEquals(1, database.size(Document.TABLE));
  }

  @Test
  void a_read_mark_never_goes_back() {
    @Nullable Object[] mark =
        requireNonNull(database.find(ReadMark.TABLE.key(), SPACE, "elsewhere", "general"));
    assertEquals(9L, mark[ReadMark.POSITION]);
    assertEquals(2, database.size(ReadMark.TABLE));
  }

  @Test
  void an_event_of_an_unknown_type_changes_nothing() {
    Map<String, String> before = StateHash.ofSpace(database, SPACE);
    Event unknown =
        new Event(SPACE, 999, "later", "poll.opened", "ada", 0, 1, 1, "{\"x\":1}", null);
    WorkspaceProjection.applyConfirmed(unknown, database);
    assertEquals(before, StateHash.ofSpace(database, SPACE));
  }

  @Test
  void an_event_that_has_happened_already_changes_nothing_but_for_edits() {
    for (Event event : EVENTS) {
      boolean counted =
          event.body() instanceof WorkspaceEvent.MessageEdited
              || event.body() instanceof WorkspaceEvent.DocumentEdited;
      if (!counted) {
        MemoryDatabase once = new MemoryDatabase();
        new Replica(once, null).apply(EVENTS.subList(0, Math.toIntExact(event.position())));
        Map<String, String> before = StateHash.ofSpace(once, SPACE);
        WorkspaceProjection.applyConfirmed(event, once);
        assertEquals(before, StateHash.ofSpace(once, SPACE), () -> event.toString());
      }
    }
  }

  @Test
  void rows_of_other_spaces_are_never_touched() {
    Map<String, String> before = StateHash.ofSpace(database, SPACE);
    new Replica(database, null).apply(ScriptedLog.events("another"));
    assertEquals(before, StateHash.ofSpace(database, SPACE));
  }

  @Test
  void a_hash_tells_rows_apart() {
    Map<String, String> before = StateHash.ofSpace(database, SPACE);
    SpaceLog log = new SpaceLog(SPACE);
    WorkspaceProjection.applyConfirmed(
        log.add("ada", new WorkspaceEvent.MessageUnpinned("first")), database);
    Map<String, String> after = StateHash.ofSpace(database, SPACE);
    assertNotEquals(before.get("message"), after.get("message"));
    assertEquals(before.get("channel"), after.get("channel"));
  }

  private @Nullable Object[] message(String id) {
    return requireNonNull(database.find(Message.TABLE.key(), SPACE, id), id);
  }

  private @Nullable Object[] channel(String id) {
    return requireNonNull(database.find(Channel.TABLE.key(), SPACE, id), id);
  }

  private @Nullable Object[] member(String user) {
    return requireNonNull(database.find(Member.TABLE.key(), SPACE, user), user);
  }

  private static long positionOf(String message) {
    return creation(message).position();
  }

  private static long serverTimeOf(String message) {
    return creation(message).serverTime();
  }

  private static Event creation(String message) {
    return EVENTS.stream()
        .filter(event ->
            event.body() instanceof WorkspaceEvent.MessageCreated e
                && e.messageId().equals(message))
        .findFirst()
        .orElseThrow();
  }
}

package dev.tidemark.protocol.authority;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.contract.SpaceLog;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, as one table: the owner olga, the members max and mia, the reader rita. */
class AuthorityTest {
  private static final String SPACE = "space-1";

  private final MemoryDatabase database = new MemoryDatabase();
  private final SpaceLog log = new SpaceLog(SPACE);
  private final Map<String, WorkspaceEvent> events = new HashMap<>();

  AuthorityTest() {
    happened(Event.SYSTEM_AUTHOR, new WorkspaceEvent.MemberJoined("olga", Role.OWNER));
    happened("olga", new WorkspaceEvent.MemberJoined("max", Role.MEMBER));
    happened("olga", new WorkspaceEvent.MemberJoined("mia", Role.MEMBER));
    happened("olga", new WorkspaceEvent.MemberJoined("rita", Role.READER));
    happened("olga", new WorkspaceEvent.ChannelCreated("open", "Open"));
    happened("olga", new WorkspaceEvent.ChannelCreated("other", "Other"));
    happened("olga", new WorkspaceEvent.ChannelCreated("closed", "Closed"));
    happened("olga", message("in-closed", "closed", null));
    happened("olga", new WorkspaceEvent.ChannelArchived("closed"));
    happened("max", message("of-max", "open", null));
    happened("olga", message("of-olga", "open", null));
    happened("mia", message("reply", "open", "of-max"));
    happened("mia", message("elsewhere", "other", null));
    happened("max", message("gone", "open", null));
    happened("max", new WorkspaceEvent.MessageDeleted("gone"));
    happened("max", new WorkspaceEvent.DocumentCreated("plan", "The plan"));

    events.put("message", message("new", "open", null));
    events.put("message, id taken", message("of-max", "open", null));
    events.put("message, id of a deleted one", message("gone", "open", null));
    events.put("message, unknown channel", message("new", "absent", null));
    events.put("message, archived channel", message("new", "closed", null));
    events.put("reply", message("new", "open", "of-max"));
    events.put("reply to a deleted root", message("new", "open", "gone"));
    events.put("reply, unknown root", message("new", "open", "absent"));
    events.put("reply to a reply", message("new", "open", "reply"));
    events.put("reply, root of another channel", message("new", "open", "elsewhere"));
    events.put("edit of max's", new WorkspaceEvent.MessageEdited("of-max", "x"));
    events.put("edit of olga's", new WorkspaceEvent.MessageEdited("of-olga", "x"));
    events.put("edit of a deleted one of max's", new WorkspaceEvent.MessageEdited("gone", "x"));
    events.put("edit in an archived channel", new WorkspaceEvent.MessageEdited("in-closed", "x"));
    events.put("edit, unknown", new WorkspaceEvent.MessageEdited("absent", "x"));
    events.put("deletion of max's", new WorkspaceEvent.MessageDeleted("of-max"));
    events.put("deletion of olga's", new WorkspaceEvent.MessageDeleted("of-olga"));
    events.put("deletion of a deleted one", new WorkspaceEvent.MessageDeleted("gone"));
    events.put("deletion, unknown", new WorkspaceEvent.MessageDeleted("absent"));
    events.put("reaction", new WorkspaceEvent.ReactionAdded("of-olga", "👍"));
    events.put("reaction to a deleted one", new WorkspaceEvent.ReactionAdded("gone", "👍"));
    events.put("reaction, unknown", new WorkspaceEvent.ReactionAdded("absent", "👍"));
    events.put("reaction removed", new WorkspaceEvent.ReactionRemoved("of-olga", "👍"));
    events.put("reaction removed, unknown", new WorkspaceEvent.ReactionRemoved("absent", "👍"));
    events.put("pin", new WorkspaceEvent.MessagePinned("of-olga"));
    events.put("pin of a deleted one", new WorkspaceEvent.MessagePinned("gone"));
    events.put("pin, unknown", new WorkspaceEvent.MessagePinned("absent"));
    events.put("unpin", new WorkspaceEvent.MessageUnpinned("of-olga"));
    events.put("unpin, unknown", new WorkspaceEvent.MessageUnpinned("absent"));
    events.put("channel", new WorkspaceEvent.ChannelCreated("new", "New"));
    events.put("channel, id taken", new WorkspaceEvent.ChannelCreated("open", "New"));
    events.put("channel renamed", new WorkspaceEvent.ChannelRenamed("open", "New"));
    events.put("channel renamed, unknown", new WorkspaceEvent.ChannelRenamed("absent", "New"));
    events.put("channel archived", new WorkspaceEvent.ChannelArchived("open"));
    events.put("channel archived again", new WorkspaceEvent.ChannelArchived("closed"));
    events.put("channel archived, unknown", new WorkspaceEvent.ChannelArchived("absent"));
    events.put("document", new WorkspaceEvent.DocumentCreated("new", "New"));
    events.put("document, id taken", new WorkspaceEvent.DocumentCreated("plan", "New"));
    events.put("document edited", new WorkspaceEvent.DocumentEdited("plan", "x"));
    events.put("document edited, unknown", new WorkspaceEvent.DocumentEdited("absent", "x"));
    events.put("nora joins", new WorkspaceEvent.MemberJoined("nora", Role.OWNER));
    events.put("mia joins again", new WorkspaceEvent.MemberJoined("mia", Role.MEMBER));
    events.put("olga leaves", new WorkspaceEvent.MemberLeft("olga"));
    events.put("max leaves", new WorkspaceEvent.MemberLeft("max"));
    events.put("mia leaves", new WorkspaceEvent.MemberLeft("mia"));
    events.put("rita leaves", new WorkspaceEvent.MemberLeft("rita"));
    events.put("nobody leaves", new WorkspaceEvent.MemberLeft("nobody"));
    events.put("mia becomes owner", new WorkspaceEvent.MemberRoleChanged("mia", Role.OWNER));
    events.put("max becomes owner", new WorkspaceEvent.MemberRoleChanged("max", Role.OWNER));
    events.put("rita becomes member", new WorkspaceEvent.MemberRoleChanged("rita", Role.MEMBER));
    events.put("olga stays owner", new WorkspaceEvent.MemberRoleChanged("olga", Role.OWNER));
    events.put("olga becomes reader", new WorkspaceEvent.MemberRoleChanged("olga", Role.READER));
    events.put("nobody becomes owner", new WorkspaceEvent.MemberRoleChanged("nobody", Role.OWNER));
    events.put("profile", new WorkspaceEvent.ProfileUpdated("New", null));
    events.put("read mark", new WorkspaceEvent.ReadMarked(SPACE, "open", 3));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          message                        | ok               | ok               | forbidden
          message, id taken              | target-exists    | target-exists    | forbidden
          message, id of a deleted one   | target-exists    | target-exists    | forbidden
          message, unknown channel       | unknown-target   | unknown-target   | forbidden
          message, archived channel      | channel-archived | channel-archived | forbidden
          reply                          | ok               | ok               | forbidden
          reply to a deleted root        | ok               | ok               | forbidden
          reply, unknown root            | unknown-target   | unknown-target   | forbidden
          reply to a reply               | unknown-target   | unknown-target   | forbidden
          reply, root of another channel | unknown-target   | unknown-target   | forbidden
          edit of max's                  | ok               | ok               | forbidden
          edit of olga's                 | ok               | forbidden        | forbidden
          edit of a deleted one of max's | ok               | ok               | forbidden
          edit in an archived channel    | ok               | forbidden        | forbidden
          edit, unknown                  | unknown-target   | unknown-target   | forbidden
          deletion of max's              | ok               | ok               | forbidden
          deletion of olga's             | ok               | forbidden        | forbidden
          deletion of a deleted one      | ok               | ok               | forbidden
          deletion, unknown              | unknown-target   | unknown-target   | forbidden
          reaction                       | ok               | ok               | forbidden
          reaction to a deleted one      | ok               | ok               | forbidden
          reaction, unknown              | unknown-target   | unknown-target   | forbidden
          reaction removed               | ok               | ok               | forbidden
          reaction removed, unknown      | unknown-target   | unknown-target   | forbidden
          pin                            | ok               | ok               | forbidden
          pin of a deleted one           | ok               | ok               | forbidden
          pin, unknown                   | unknown-target   | unknown-target   | forbidden
          unpin                          | ok               | ok               | forbidden
          unpin, unknown                 | unknown-target   | unknown-target   | forbidden
          channel                        | ok               | ok               | forbidden
          channel, id taken              | target-exists    | target-exists    | forbidden
          channel renamed                | ok               | forbidden        | forbidden
          channel renamed, unknown       | unknown-target   | forbidden        | forbidden
          channel archived               | ok               | forbidden        | forbidden
          channel archived again         | ok               | forbidden        | forbidden
          channel archived, unknown      | unknown-target   | forbidden        | forbidden
          document                       | ok               | ok               | forbidden
          document, id taken             | target-exists    | target-exists    | forbidden
          document edited                | ok               | ok               | forbidden
          document edited, unknown       | unknown-target   | unknown-target   | forbidden
          nora joins                     | ok               | forbidden        | forbidden
          mia joins again                | target-exists    | forbidden        | forbidden
          olga leaves                    | last-owner       | forbidden        | forbidden
          max leaves                     | ok               | ok               | forbidden
          mia leaves                     | ok               | forbidden        | forbidden
          rita leaves                    | ok               | forbidden        | ok
          nobody leaves                  | unknown-target   | forbidden        | forbidden
          mia becomes owner              | ok               | forbidden        | forbidden
          max becomes owner              | ok               | forbidden        | forbidden
          rita becomes member            | ok               | forbidden        | forbidden
          olga stays owner               | ok               | forbidden        | forbidden
          olga becomes reader            | last-owner       | forbidden        | forbidden
          nobody becomes owner           | unknown-target   | forbidden        | forbidden
          profile                        | ok               | ok               | ok
          read mark                      | wrong-space      | wrong-space      | forbidden
          """)
  void the_table(String event, String owner, String member, String reader) {
    WorkspaceEvent body = requireNonNull(events.get(event), event);
    assertEquals(owner, decision("olga", body), "by the owner");
    assertEquals(member, decision("max", body), "by a member");
    assertEquals(reader, decision("rita", body), "by a reader");
    assertEquals("not-found", decision("sam", body), "by a stranger");
  }

  @Test
  void a_former_member_is_a_stranger() {
    happened("olga", new WorkspaceEvent.MemberLeft("max"));
    assertEquals("not-found", decision("max", event("message")));
  }

  @Test
  void an_owner_may_go_once_there_is_another_and_then_that_one_is_the_last() {
    happened("olga", event("mia becomes owner"));
    assertEquals("ok", decision("olga", event("olga leaves")));
    assertEquals("ok", decision("olga", event("olga becomes reader")));
    happened("olga", event("olga leaves"));
    assertEquals("last-owner", decision("mia", event("mia leaves")));
    assertEquals(
        "last-owner", decision("mia", new WorkspaceEvent.MemberRoleChanged("mia", Role.MEMBER)));
  }

  @Test
  void the_last_owner_of_a_large_space_stays_although_not_everybody_is_counted() {
    for (int i = 0; i < 10_001; i++) {
      database.insert(Member.TABLE, new @Nullable Object[] {SPACE, "a" + i, "member"});
    }
    assertEquals("last-owner", decision("olga", event("olga leaves")));
  }

  @Test
  void another_space_with_the_same_ids_gives_no_right() {
    Authority other = new Authority(database, "space-2", false);
    assertNull(other.roleOf("olga"));
    assertEquals(Role.OWNER, new Authority(database, SPACE, false).roleOf("olga"));
  }

  @Test
  void a_personal_space_takes_its_owners_marks_and_profile_only() {
    for (Map.Entry<String, WorkspaceEvent> one : events.entrySet()) {
      boolean fits =
          one.getValue() instanceof WorkspaceEvent.ReadMarked
              || one.getValue() instanceof WorkspaceEvent.ProfileUpdated;
      assertEquals(
          fits ? "ok" : "wrong-space", decision(true, "olga", one.getValue()), one.getKey());
      assertEquals("not-found", decision(true, "sam", one.getValue()), one.getKey());
    }
  }

  private WorkspaceEvent event(String name) {
    return requireNonNull(events.get(name), name);
  }

  private void happened(String author, WorkspaceEvent body) {
    WorkspaceProjection.applyConfirmed(log.add(author, body), database);
  }

  private String decision(String author, WorkspaceEvent body) {
    return decision(false, author, body);
  }

  private String decision(boolean personal, String author, WorkspaceEvent body) {
    Event event = new SpaceLog(SPACE).pending(author, 0, body);
    return switch (new Authority(database, SPACE, personal).decide(event)) {
      case Decision.Accepted accepted -> "ok";
      case Decision.Refused refused -> refused.code().code();
    };
  }

  private static WorkspaceEvent message(String id, String channel, @Nullable String thread) {
    return new WorkspaceEvent.MessageCreated(id, channel, "text", thread, List.of());
  }
}

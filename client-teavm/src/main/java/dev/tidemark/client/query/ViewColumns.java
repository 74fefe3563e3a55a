package dev.tidemark.client.query;

import dev.tidemark.client.query.Relation.Foreign;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.schema.ReplicaTables.CursorMark;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.ReplicaTables.Outbox;
import dev.tidemark.protocol.schema.ReplicaTables.Setting;
import dev.tidemark.protocol.schema.ReplicaTables.Space;
import dev.tidemark.protocol.schema.WorkspaceTables;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Document;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import dev.tidemark.protocol.schema.WorkspaceTables.Profile;
import dev.tidemark.protocol.schema.WorkspaceTables.Reaction;
import dev.tidemark.protocol.schema.WorkspaceTables.ReadMark;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the stable views of {@link dev.tidemark.protocol.schema.Views} read, as a table: the second
 * statement of what their DDL says, held to it by a test against SQLite.
 */
final class ViewColumns {

  private static final Term ROOT = new Term(text(Message.TABLE, Message.THREAD), isNull());

  private static final Relation MESSAGES =
      Relation.of("messages", Message.TABLE)
          .text(Message.SPACE)
          .text(Message.CHANNEL)
          .text(Message.ID)
          .text(Message.THREAD)
          .text(Message.AUTHOR)
          .text(Message.BODY)
          .integer(Message.CREATED_AT)
          .integer(Message.EDITED_AT)
          .integer(Message.DELETED)
          .computed("state", bits(Message.STATE), ViewColumns::messageState)
          .computed("position", bits(Message.STATE, Message.ORDER_KEY), ViewColumns::position)
          .integer(Message.ORDER_KEY)
          .integer(Message.REPLIES)
          .integer(Message.LAST_REPLY_AT)
          .integer(Message.REACTIONS)
          .integer(Message.PINNED)
          .integer(Message.VERSION)
          .text(Message.ATTACHMENTS)
          .unique("space", "id")
          .scanOrder(
              bits(
                  Message.CHANNEL,
                  Message.THREAD,
                  Message.ORDER_KEY,
                  Message.DELETED,
                  Message.AUTHOR))
          // Positions and outbox numbers are per space unique, and an event makes one message.
          .unique("space", "order_key")
          .build();

  private static final Relation CHANNELS =
      Relation.of("channels", Channel.TABLE)
          .text(Channel.SPACE)
          .text(Channel.ID)
          .text(Channel.NAME)
          .integer(Channel.ARCHIVED)
          .foreign(
              "unread",
              bits(Channel.SPACE, Channel.ID),
              messagesOfChannel(
                  bits(Message.ORDER_KEY, Message.DELETED, Message.AUTHOR),
                  new Term(
                      integer(Message.TABLE, Message.DELETED), new Term.Test.Is(Long.valueOf(0))),
                  new Term(
                      integer(Message.TABLE, Message.ORDER_KEY),
                      new Term.Test.Ordered(
                          Term.Comparison.LESS, Long.valueOf(Protocol.PENDING_ORDER_BASE)))),
              new Foreign(
                  ReadMark.TABLE,
                  bits(ReadMark.SPACE, ReadMark.TARGET, ReadMark.CHANNEL, ReadMark.POSITION),
                  Map.of(
                      "space", text(ReadMark.TABLE, ReadMark.TARGET),
                      "id", text(ReadMark.TABLE, ReadMark.CHANNEL)),
                  List.of()),
              personalSpace(),
              new Foreign(
                  Setting.TABLE,
                  bits(Setting.NAME, Setting.VALUE),
                  Map.of(),
                  List.of(
                      new Term(text(Setting.TABLE, Setting.NAME), new Term.Test.Is(Setting.USER)))))
          .integer(Channel.CREATED_AT)
          .foreign(
              "last_at",
              bits(Channel.SPACE, Channel.ID),
              messagesOfChannel(bits(Message.ORDER_KEY, Message.CREATED_AT)))
          .foreign("messages", bits(Channel.SPACE, Channel.ID), messagesOfChannel(0))
          .unique("space", "id")
          .build();

  private static final Relation SPACES =
      Relation.of("spaces", Space.TABLE)
          .text(Space.ID)
          .text(Space.NAME)
          .text(Space.ROLE)
          .integer(Space.HEAD)
          .foreign(
              "position",
              bits(Space.ID),
              new Foreign(
                  CursorMark.TABLE,
                  bits(CursorMark.SPACE, CursorMark.POSITION),
                  Map.of("id", text(CursorMark.TABLE, CursorMark.SPACE)),
                  List.of()))
          .integer(Space.PERSONAL)
          .unique("id")
          .build();

  private static final Relation REACTIONS =
      Relation.of("reactions", Reaction.TABLE)
          .text(Reaction.SPACE)
          .text(Reaction.MESSAGE)
          .text(Reaction.AUTHOR)
          .text(Reaction.EMOJI)
          .text(Reaction.CHANNEL)
          .unique("space", "message", "author", "emoji")
          .build();

  private static final Relation MEMBERS =
      Relation.of("members", Member.TABLE)
          .text(Member.SPACE)
          .text(Member.USER)
          .text(Member.ROLE)
          .unique("space", "user")
          .build();

  private static final Relation PROFILES =
      Relation.of("profiles", Profile.TABLE)
          .text(Profile.SPACE)
          .text(Profile.USER)
          .text(Profile.NAME)
          .text(Profile.AVATAR)
          .unique("space", "user")
          .build();

  private static final Relation DOCUMENTS =
      Relation.of("documents", Document.TABLE)
          .text(Document.SPACE)
          .text(Document.ID)
          .text(Document.TITLE)
          .text(Document.AUTHOR)
          .integer(Document.CREATED_AT)
          .integer(Document.UPDATED_AT)
          .integer(Document.VERSION)
          .unique("space", "id")
          .build();

  private static final Relation READ_MARKS =
      Relation.of("read_marks", ReadMark.TABLE)
          .text("space", ReadMark.TARGET)
          .text(ReadMark.CHANNEL)
          .integer(ReadMark.POSITION)
          .everyRow(personalSpace())
          .build();

  private static final Relation OUTBOX =
      Relation.of("outbox", Outbox.TABLE)
          .text(Outbox.SPACE)
          .text(Outbox.ID)
          .text(Outbox.TYPE)
          .text(Outbox.PAYLOAD)
          .computed("state", bits(Outbox.STATE), ViewColumns::outboxState)
          .text(Outbox.CODE)
          .text(Outbox.DETAIL)
          .integer("created_at", Outbox.CLIENT_TIME)
          .integer(Outbox.NUMBER)
          .unique("space", "id")
          .unique("number")
          .build();

  /** Every relation that the analyser sees through. */
  static final List<Relation> ALL =
      List.of(
          MESSAGES, CHANNELS, SPACES, REACTIONS, MEMBERS, PROFILES, DOCUMENTS, READ_MARKS, OUTBOX);

  private static final Map<String, Relation> BY_NAME = byName();
  private static final Set<String> TABLES = tables();

  private ViewColumns() {}

  /** The relation of that name in lower case, or null when it is not known here. */
  static @Nullable Relation find(String name) {
    return BY_NAME.get(name);
  }

  /** Whether a base table, or the full text index, has that name in lower case. */
  static boolean isTable(String name) {
    return name.startsWith("message_text") || TABLES.contains(name);
  }

  private static Set<String> tables() {
    Set<String> names = new HashSet<>();
    for (Table table : WorkspaceTables.ALL) {
      names.add(table.name());
    }
    names.add(Events.TABLE.name());
    names.add(CursorMark.TABLE.name());
    names.add(Outbox.TABLE.name());
    names.add(Space.TABLE.name());
    names.add(Setting.TABLE.name());
    return names;
  }

  private static Map<String, Relation> byName() {
    Map<String, Relation> map = new HashMap<>();
    for (Relation relation : ALL) {
      map.put(relation.name(), relation);
    }
    return map;
  }

  /** Root messages of a channel. */
  private static Foreign messagesOfChannel(long reads, Term... always) {
    Term[] terms = new Term[always.length + 1];
    terms[0] = ROOT;
    System.arraycopy(always, 0, terms, 1, always.length);
    return new Foreign(
        Message.TABLE,
        reads | bits(Message.SPACE, Message.CHANNEL, Message.THREAD),
        Map.of(
            "space", text(Message.TABLE, Message.SPACE),
            "id", text(Message.TABLE, Message.CHANNEL)),
        List.of(terms));
  }

  /** Which space is the personal one. */
  private static Foreign personalSpace() {
    return new Foreign(Space.TABLE, bits(Space.ID, Space.PERSONAL), Map.of(), List.of());
  }

  private static @Nullable Object messageState(@Nullable Object[] row) {
    Object state = row[Message.STATE];
    if (Long.valueOf(Message.STATE_SENT).equals(state)) {
      return "sent";
    }
    return Long.valueOf(Message.STATE_PENDING).equals(state) ? "pending" : "refused";
  }

  private static @Nullable Object outboxState(@Nullable Object[] row) {
    boolean isPending = Long.valueOf(Outbox.STATE_PENDING).equals(row[Outbox.STATE]);
    return isPending ? "pending" : "refused";
  }

  private static @Nullable Object position(@Nullable Object[] row) {
    boolean isSent = Long.valueOf(Message.STATE_SENT).equals(row[Message.STATE]);
    return isSent ? row[Message.ORDER_KEY] : null;
  }

  private static Column text(Table table, int ordinal) {
    return Column.plain(table.columns().get(ordinal), ordinal, Column.Type.TEXT);
  }

  private static Column integer(Table table, int ordinal) {
    return Column.plain(table.columns().get(ordinal), ordinal, Column.Type.INTEGER);
  }

  private static Term.Test isNull() {
    return new Term.Test.Is(null);
  }

  private static long bits(int... ordinals) {
    long bits = 0;
    for (int ordinal : ordinals) {
      bits |= 1L << ordinal;
    }
    return bits;
  }
}

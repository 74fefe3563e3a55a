package dev.tidemark.protocol.projection;

import dev.tidemark.protocol.codec.MessageAttachments;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageDeleted;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageEdited;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import org.jspecify.annotations.Nullable;

/**
 * Messages: one denormalised row each, and the counts that a thread's root keeps of its replies.
 */
final class MessageProjection {

  private MessageProjection() {}

  static void created(
      Event event, MessageCreated created, long orderKey, long state, Database database) {
    @Nullable Object[] row = {
      event.space(),
      created.messageId(),
      created.channelId(),
      created.threadId(),
      event.author(),
      created.body(),
      orderKey,
      state,
      event.shownTime(),
      null,
      0L,
      0L,
      0L,
      null,
      0L,
      1L,
      MessageAttachments.encode(created.attachments())
    };
    boolean added = database.insert(Message.TABLE, row);
    if (added && created.threadId() != null && state != Message.STATE_REFUSED) {
      countReply(event, created.threadId(), database);
    }
  }

  private static void countReply(Event event, String root, Database database) {
    @Nullable Object[] before = database.find(Message.TABLE.key(), event.space(), root);
    if (before == null) {
      return;
    }
    @Nullable Object[] after = before.clone();
    after[Message.REPLIES] = Rows.integer(before, Message.REPLIES) + 1;
    after[Message.LAST_REPLY_AT] = event.shownTime();
    database.update(Message.TABLE, before, after);
  }

  static void edited(Event event, MessageEdited edited, Database database) {
    @Nullable Object[] before = living(event, edited.messageId(), database);
    if (before == null) {
      return;
    }
    @Nullable Object[] after = before.clone();
    after[Message.BODY] = edited.body();
    after[Message.EDITED_AT] = event.shownTime();
    after[Message.VERSION] = Rows.integer(before, Message.VERSION) + 1;
    database.update(Message.TABLE, before, after);
  }

  /** The row stays as a place in its timeline, its text goes. */
  static void deleted(Event event, MessageDeleted deleted, Database database) {
    @Nullable Object[] before = living(event, deleted.messageId(), database);
    if (before == null) {
      return;
    }
    @Nullable Object[] after = before.clone();
    after[Message.BODY] = "";
    after[Message.ATTACHMENTS] = null;
    after[Message.DELETED] = 1L;
    after[Message.PINNED] = 0L;
    after[Message.VERSION] = Rows.integer(before, Message.VERSION) + 1;
    database.update(Message.TABLE, before, after);
  }

  static void pinned(Event event, String message, boolean pinned, Database database) {
    @Nullable Object[] before = living(event, message, database);
    if (before != null) {
      @Nullable Object[] after = before.clone();
      after[Message.PINNED] = pinned ? 1L : 0L;
      database.update(Message.TABLE, before, after);
    }
  }

  /** The row of a message that is there and not deleted, else null. */
  static @Nullable Object @Nullable [] living(Event event, String message, Database database) {
    @Nullable Object[] row = database.find(Message.TABLE.key(), event.space(), message);
    return row == null || Rows.integer(row, Message.DELETED) == 1 ? null : row;
  }
}

package dev.tidemark.protocol.projection;

import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionAdded;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionRemoved;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import dev.tidemark.protocol.schema.WorkspaceTables.Reaction;
import org.jspecify.annotations.Nullable;

/** Reactions: a set over (message, author, emoji), and its size on the message's row. */
final class ReactionProjection {

  private ReactionProjection() {}

  static void added(Event event, ReactionAdded added, Database database) {
    @Nullable Object[] message = MessageProjection.living(event, added.messageId(), database);
    if (message == null) {
      return;
    }
    boolean isNew =
        database.insert(
            Reaction.TABLE,
            new @Nullable Object[] {
              event.space(),
              added.messageId(),
              event.author(),
              added.emoji(),
              message[Message.CHANNEL]
            });
    if (isNew) {
      count(message, 1, database);
    }
  }

  static void removed(Event event, ReactionRemoved removed, Database database) {
    @Nullable Object[] message = MessageProjection.living(event, removed.messageId(), database);
    if (message == null) {
      return;
    }
    @Nullable Object[] before =
        database.find(
            Reaction.TABLE.key(),
            event.space(),
            removed.messageId(),
            event.author(),
            removed.emoji());
    if (before != null) {
      database.delete(Reaction.TABLE, before);
      count(message, -1, database);
    }
  }

  private static void count(@Nullable Object[] message, long difference, Database database) {
    @Nullable Object[] after = message.clone();
    after[Message.REACTIONS] = Rows.integer(message, Message.REACTIONS) + difference;
    database.update(Message.TABLE, message, after);
  }
}

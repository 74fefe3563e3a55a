package dev.tidemark.protocol.projection;

import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.event.WorkspaceEvent.ChannelArchived;
import dev.tidemark.protocol.event.WorkspaceEvent.ChannelCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.ChannelRenamed;
import dev.tidemark.protocol.event.WorkspaceEvent.DocumentCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.DocumentEdited;
import dev.tidemark.protocol.event.WorkspaceEvent.MemberJoined;
import dev.tidemark.protocol.event.WorkspaceEvent.MemberLeft;
import dev.tidemark.protocol.event.WorkspaceEvent.MemberRoleChanged;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageCreated;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageDeleted;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageEdited;
import dev.tidemark.protocol.event.WorkspaceEvent.MessagePinned;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageUnpinned;
import dev.tidemark.protocol.event.WorkspaceEvent.ProfileUpdated;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionAdded;
import dev.tidemark.protocol.event.WorkspaceEvent.ReactionRemoved;
import dev.tidemark.protocol.event.WorkspaceEvent.ReadMarked;
import dev.tidemark.protocol.schema.WorkspaceTables.Channel;
import dev.tidemark.protocol.schema.WorkspaceTables.Document;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Profile;
import dev.tidemark.protocol.schema.WorkspaceTables.ReadMark;
import org.jspecify.annotations.Nullable;

/**
 * What each event does to the tables of its space. The same code runs on the server, in the browser
 * and in the simulation. Rules that it keeps:
 *
 * <ol>
 *   <li>The result depends on the event and on rows of its own space alone: no clock, no
 *       randomness.
 *   <li>Rows are read by {@link Database#find} only, so that a rebase knows what an event has
 *       looked at.
 *   <li>An event about something that is not there, or is deleted, has no effect. Permission was
 *       decided before.
 *   <li>Replaying a log whose erased payloads are tombstones gives the same rows as the original
 *       log.
 * </ol>
 */
public final class WorkspaceProjection {

  private WorkspaceProjection() {}

  /**
   * Projects a confirmed event, or an own pending one.
   *
   * @param orderKey the position, or {@link Protocol#PENDING_ORDER_BASE} + outbox number while
   *     pending
   * @param state one of the {@code STATE_} values of the message table, given to a created message
   */
  public static void apply(Event event, long orderKey, long state, Database database) {
    WorkspaceEvent body = event.body();
    if (body == null) {
      return;
    }
    switch (body) {
      case MessageCreated e -> MessageProjection.created(event, e, orderKey, state, database);
      case MessageEdited e -> MessageProjection.edited(event, e, database);
      case MessageDeleted e -> MessageProjection.deleted(event, e, database);
      case ReactionAdded e -> ReactionProjection.added(event, e, database);
      case ReactionRemoved e -> ReactionProjection.removed(event, e, database);
      case MessagePinned e -> MessageProjection.pinned(event, e.messageId(), true, database);
      case MessageUnpinned e -> MessageProjection.pinned(event, e.messageId(), false, database);
      case ChannelCreated e -> channelCreated(event, e, database);
      case ChannelRenamed e ->
          changeChannel(event, e.channelId(), Channel.NAME, e.name(), database);
      case ChannelArchived e -> changeChannel(event, e.channelId(), Channel.ARCHIVED, 1L, database);
      case DocumentCreated e -> documentCreated(event, e, database);
      case DocumentEdited e -> documentEdited(event, e, database);
      case MemberJoined e -> member(event, e.userId(), e.role().wire(), database);
      case MemberLeft e -> memberLeft(event, e, database);
      case MemberRoleChanged e -> member(event, e.userId(), e.role().wire(), database);
      case ProfileUpdated e -> profile(event, e, database);
      case ReadMarked e -> readMarked(event, e, database);
    }
  }

  /** Projects an event that the server has placed. */
  public static void applyConfirmed(Event event, Database database) {
    apply(event, event.position(), 0, database);
  }

  private static void channelCreated(Event event, ChannelCreated created, Database database) {
    database.insert(
        Channel.TABLE,
        new @Nullable Object[] {
          event.space(), created.channelId(), created.name(), 0L, event.shownTime(), event.author()
        });
  }

  private static void changeChannel(
      Event event, String channel, int column, Object value, Database database) {
    @Nullable Object[] before = database.find(Channel.TABLE.key(), event.space(), channel);
    if (before != null) {
      @Nullable Object[] after = before.clone();
      after[column] = value;
      database.update(Channel.TABLE, before, after);
    }
  }

  private static void documentCreated(Event event, DocumentCreated created, Database database) {
    database.insert(
        Document.TABLE,
        new @Nullable Object[] {
          event.space(),
          created.documentId(),
          created.title(),
          event.author(),
          event.shownTime(),
          event.shownTime(),
          1L
        });
  }

  private static void documentEdited(Event event, DocumentEdited edited, Database database) {
    @Nullable Object[] before =
        database.find(Document.TABLE.key(), event.space(), edited.documentId());
    if (before != null) {
      @Nullable Object[] after = before.clone();
      after[Document.UPDATED_AT] = event.shownTime();
      after[Document.VERSION] = Rows.integer(before, Document.VERSION) + 1;
      database.update(Document.TABLE, before, after);
    }
  }

  private static void member(Event event, String user, String role, Database database) {
    @Nullable Object[] after = {event.space(), user, role};
    @Nullable Object[] before = database.find(Member.TABLE.key(), event.space(), user);
    if (before == null) {
      database.insert(Member.TABLE, after);
    } else {
      database.update(Member.TABLE, before, after);
    }
  }

  private static void memberLeft(Event event, MemberLeft left, Database database) {
    @Nullable Object[] before = database.find(Member.TABLE.key(), event.space(), left.userId());
    if (before != null) {
      database.delete(Member.TABLE, before);
    }
  }

  private static void profile(Event event, ProfileUpdated updated, Database database) {
    @Nullable Object[] after = {event.space(), event.author(), updated.name(), updated.avatar()};
    @Nullable Object[] before = database.find(Profile.TABLE.key(), event.space(), event.author());
    if (before == null) {
      database.insert(Profile.TABLE, after);
    } else {
      database.update(Profile.TABLE, before, after);
    }
  }

  /** A mark never goes back. */
  private static void readMarked(Event event, ReadMarked marked, Database database) {
    @Nullable Object[] after = {
      event.space(), marked.spaceId(), marked.channelId(), marked.position()
    };
    @Nullable Object[] before =
        database.find(ReadMark.TABLE.key(), event.space(), marked.spaceId(), marked.channelId());
    if (before == null) {
      database.insert(ReadMark.TABLE, after);
    } else if (Rows.integer(before, ReadMark.POSITION) < marked.position()) {
      database.update(ReadMark.TABLE, before, after);
    }
  }
}

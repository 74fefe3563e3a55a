package dev.tidemark.protocol.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything people do, as one closed family. The wire names and limits of the fields stand in
 * {@link dev.tidemark.protocol.codec.EventTypes}; what each event does to the tables stands in
 * {@link dev.tidemark.protocol.projection.WorkspaceProjection}.
 */
public sealed interface WorkspaceEvent {

  /** A message at the root of a channel, or a reply in the thread of {@code threadId}. */
  record MessageCreated(
      String messageId,
      String channelId,
      String body,
      @Nullable String threadId,
      List<Attachment> attachments)
      implements WorkspaceEvent {
    public MessageCreated {
      attachments = List.copyOf(attachments);
    }
  }

  /** A new text of a message. */
  record MessageEdited(String messageId, String body) implements WorkspaceEvent {}

  /** Takes a message back: its texts are erased everywhere. */
  record MessageDeleted(String messageId) implements WorkspaceEvent {}

  /** Adds (message, author, emoji) to the set of reactions. */
  record ReactionAdded(String messageId, String emoji) implements WorkspaceEvent {}

  /** Removes (message, author, emoji) from the set of reactions. */
  record ReactionRemoved(String messageId, String emoji) implements WorkspaceEvent {}

  record MessagePinned(String messageId) implements WorkspaceEvent {}

  record MessageUnpinned(String messageId) implements WorkspaceEvent {}

  record ChannelCreated(String channelId, String name) implements WorkspaceEvent {}

  record ChannelRenamed(String channelId, String name) implements WorkspaceEvent {}

  /** Closes a channel: it stays readable and takes no new messages. */
  record ChannelArchived(String channelId) implements WorkspaceEvent {}

  record DocumentCreated(String documentId, String title) implements WorkspaceEvent {}

  /** One change of a document; {@code change} is opaque to the server. */
  record DocumentEdited(String documentId, String change) implements WorkspaceEvent {}

  record MemberJoined(String userId, Role role) implements WorkspaceEvent {}

  record MemberLeft(String userId) implements WorkspaceEvent {}

  record MemberRoleChanged(String userId, Role role) implements WorkspaceEvent {}

  /** How the author wants to be shown in this space. */
  record ProfileUpdated(String name, @Nullable String avatar) implements WorkspaceEvent {}

  /** In the personal space only: the author has read {@code channelId} up to {@code position}. */
  record ReadMarked(String spaceId, String channelId, long position) implements WorkspaceEvent {}

  /** A file that belongs to a message; its bytes travel as a blob named by {@code sha256}. */
  record Attachment(String sha256, String name, String type, long bytes) {}
}

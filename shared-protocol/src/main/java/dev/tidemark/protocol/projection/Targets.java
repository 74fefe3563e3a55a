package dev.tidemark.protocol.projection;

import dev.tidemark.protocol.event.WorkspaceEvent;
import org.jspecify.annotations.Nullable;

/** What an event is about, as the log records it beside the payload. */
public final class Targets {

  private Targets() {}

  /** Id of the message, channel, document or user; null for an unknown type. */
  public static @Nullable String target(@Nullable WorkspaceEvent event) {
    return switch (event) {
      case null -> null;
      case WorkspaceEvent.MessageCreated e -> e.messageId();
      case WorkspaceEvent.MessageEdited e -> e.messageId();
      case WorkspaceEvent.MessageDeleted e -> e.messageId();
      case WorkspaceEvent.ReactionAdded e -> e.messageId();
      case WorkspaceEvent.ReactionRemoved e -> e.messageId();
      case WorkspaceEvent.MessagePinned e -> e.messageId();
      case WorkspaceEvent.MessageUnpinned e -> e.messageId();
      case WorkspaceEvent.ChannelCreated e -> e.channelId();
      case WorkspaceEvent.ChannelRenamed e -> e.channelId();
      case WorkspaceEvent.ChannelArchived e -> e.channelId();
      case WorkspaceEvent.DocumentCreated e -> e.documentId();
      case WorkspaceEvent.DocumentEdited e -> e.documentId();
      case WorkspaceEvent.MemberJoined e -> e.userId();
      case WorkspaceEvent.MemberLeft e -> e.userId();
      case WorkspaceEvent.MemberRoleChanged e -> e.userId();
      case WorkspaceEvent.ProfileUpdated e -> null;
      case WorkspaceEvent.ReadMarked e -> e.channelId();
    };
  }

  /** The timeline in which a created message appears: its thread's root, else its channel. */
  public static @Nullable String timeline(@Nullable WorkspaceEvent event) {
    if (event instanceof WorkspaceEvent.MessageCreated e) {
      return e.threadId() != null ? e.threadId() : e.channelId();
    }
    return null;
  }
}

package dev.tidemark.client.outbox;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.projection.Targets;
import org.jspecify.annotations.Nullable;

/** Which events build on which: what has to be set aside when one is refused. */
final class Dependencies {

  private Dependencies() {}

  /** The id of the message, channel or document that an event makes, or null. */
  static @Nullable String made(@Nullable WorkspaceEvent event) {
    return switch (event) {
      case null -> null;
      case WorkspaceEvent.MessageCreated e -> e.messageId();
      case WorkspaceEvent.ChannelCreated e -> e.channelId();
      case WorkspaceEvent.DocumentCreated e -> e.documentId();
      default -> null;
    };
  }

  /** Whether an event is about the thing of that id, or inside it. */
  static boolean needs(@Nullable WorkspaceEvent event, String id) {
    if (event instanceof WorkspaceEvent.MessageCreated e) {
      return id.equals(e.channelId()) || id.equals(e.threadId());
    }
    return id.equals(Targets.target(event));
  }
}

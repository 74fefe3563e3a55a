package dev.tidemark.protocol.codec;

import dev.tidemark.protocol.event.WorkspaceEvent.Attachment;
import dev.tidemark.protocol.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attachments as the JSON array that a message's row keeps. */
public final class MessageAttachments {

  private MessageAttachments() {}

  /** The array as text, or null for no attachments. */
  public static @Nullable String encode(List<Attachment> attachments) {
    if (attachments.isEmpty()) {
      return null;
    }
    JsonText out = new JsonText();
    Field.writeAttachments(attachments, out);
    return out.toString();
  }
}

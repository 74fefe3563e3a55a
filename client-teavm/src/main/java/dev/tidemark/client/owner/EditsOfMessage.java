package dev.tidemark.client.owner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds logged edits by their message: the one look-up that is not by a unique key. */
@FunctionalInterface
public interface EditsOfMessage {

  /** Rows of the events table of type {@code message.edited} about that message. */
  List<@Nullable Object[]> find(String space, String messageId);
}

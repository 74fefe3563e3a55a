package dev.tidemark.server.embedding;

import org.jspecify.annotations.Nullable;

/**
 * A row that waits to be embedded, as it was when it was read.
 *
 * @param stamp the generation that covers it now, or null
 * @param title of a document or snippet; of a message, the name of who wrote it
 * @param space null for snippets, which belong to no space
 */
record EmbedRow(
    RowKind kind,
    long number,
    long version,
    @Nullable Long stamp,
    @Nullable String space,
    String title,
    String body) {

  /** What the model is given; blank where there is nothing to embed. */
  String text() {
    return switch (kind) {
      case MESSAGE -> EmbeddedText.ofMessage(title, body);
      case DOCUMENT -> EmbeddedText.ofDocument(title, body);
      case SNIPPET -> EmbeddedText.ofSnippet(title, body);
    };
  }
}

package dev.tidemark.server.node;

import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.stream.StreamLimits;
import java.nio.file.Path;

/** What a server is started with. */
public record NodeSettings(
    Path data,
    HttpSettings http,
    StreamLimits streams,
    EmbeddingSettings embedding,
    IndexSettings indexing) {

  /** Without embeddings, which take a second to load. */
  public NodeSettings(Path data, HttpSettings http, StreamLimits streams) {
    this(data, http, streams, new EmbeddingSettings.None(), IndexSettings.DEFAULT);
  }
}

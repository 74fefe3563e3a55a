package dev.tidemark.server.embedding;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where vectors come from. */
public sealed interface EmbeddingSettings {

  /** The name that {@code --embedding-profile} takes. */
  String profile();

  /** The model that comes with the program and runs in this process, without any network. */
  record Minilm() implements EmbeddingSettings {
    @Override
    public String profile() {
      return "minilm";
    }
  }

  /** No embeddings: search by keywords only. */
  record None() implements EmbeddingSettings {
    @Override
    public String profile() {
      return "none";
    }
  }

  /**
   * A server that speaks OpenAI's embeddings API.
   *
   * @param url the base, such as {@code http://localhost:11434/v1}
   * @param model as that server names it
   * @param key sent as a bearer token; never printed
   */
  record OpenAi(URI url, String model, @Nullable String key) implements EmbeddingSettings {
    @Override
    public String profile() {
      return "openai";
    }

    @Override
    public String toString() {
      return "OpenAi[url=" + url.getHost() + ", model=" + model + "]";
    }
  }
}

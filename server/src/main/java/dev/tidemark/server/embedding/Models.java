package dev.tidemark.server.embedding;

/** Opens models by their settings. */
final class Models {
  private Models() {}

  /**
   * @throws ModelFailed when it cannot be had
   */
  static TextModel open(EmbeddingSettings settings) {
    return switch (settings) {
      case EmbeddingSettings.Minilm minilm -> MinilmModel.load();
      case EmbeddingSettings.OpenAi openAi -> OpenAiModel.connect(openAi);
      case EmbeddingSettings.None none ->
          throw new ModelFailed(ModelFailed.Kind.MODEL, "Embeddings are switched off.", null);
    };
  }
}

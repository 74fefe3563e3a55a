package dev.tidemark.server.embedding;

import java.util.List;

/** Turns texts into vectors of length 1: alike texts into close ones. Safe for several threads. */
public interface TextModel extends AutoCloseable {

  /** Names the vectors: models of the same name give the same vector for the same text. */
  String name();

  int dimensions();

  /**
   * The vectors of texts, in their order. Long texts are cut to what the model can read.
   *
   * @param texts at most {@value #MOST_TEXTS}, none of them blank
   * @throws ModelFailed when the model or one of the texts cannot be used
   */
  List<float[]> embed(List<String> texts);

  /**
   * The vector of what somebody searches for, soon also while others embed.
   *
   * @throws ModelFailed as {@link #embed}
   */
  default float[] embedQuery(String text) {
    return embed(List.of(text)).getFirst();
  }

  /** Most texts of one call. */
  int MOST_TEXTS = 64;

  @Override
  void close();
}

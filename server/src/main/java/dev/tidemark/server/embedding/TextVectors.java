package dev.tidemark.server.embedding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets as many vectors of a batch as can be had: one bad text costs nobody else its vector. */
final class TextVectors {
  private static final String HARMLESS = "hello";

  private TextVectors() {}

  /**
   * The vectors in the order of the texts; null for a text that the model refuses.
   *
   * @throws ModelFailed when it is not the texts but the model
   */
  static List<float @Nullable []> of(TextModel model, List<String> texts) {
    List<float @Nullable []> vectors = new ArrayList<>(texts.size());
    if (texts.isEmpty()) {
      return vectors;
    }
    try {
      vectors.addAll(model.embed(texts));
      return vectors;
    } catch (ModelFailed e) {
      if (texts.size() == 1) {
        throwUnlessTheText(model, e);
        vectors.add(null);
        return vectors;
      }
    }
    int half = texts.size() / 2;
    vectors.addAll(of(model, texts.subList(0, half)));
    vectors.addAll(of(model, texts.subList(half, texts.size())));
    return vectors;
  }

  /** A model that still reads a harmless text has failed because of the other one. */
  private static void throwUnlessTheText(TextModel model, ModelFailed failure) {
    if (failure.kind() == ModelFailed.Kind.MODEL) {
      try {
        model.embed(List.of(HARMLESS));
      } catch (ModelFailed again) {
        throw failure;
      }
    }
  }
}

package dev.tidemark.server.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinilmModelTest {
  private static TextModel model;

  @BeforeAll
  static void load() {
    model = MinilmModel.load();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static float cosine(float[] left, float[] right) {
    float sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  @Test
  void texts_of_one_meaning_are_close_and_others_are_not() {
    List<float[]> vectors =
        model.embed(
            List.of(
                "How do I restart the network service?",
                "Way to bring networking up again after changing its configuration",
                "The cake needs two eggs and a cup of sugar"));
    assertEquals(384, vectors.getFirst().length);
    assertEquals(1.0, cosine(vectors.get(0), vectors.get(0)), 1e-4);
    float alike = cosine(vectors.get(0), vectors.get(1));
    float unlike = cosine(vectors.get(0), vectors.get(2));
    assertTrue(alike > 0.4, "alike: " + alike);
    assertTrue(unlike < 0.2, "unlike: " + unlike);
  }

  @Test
  void vectors_come_in_the_order_of_the_texts_and_hardly_depend_on_their_batch() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("subject " + i + " and " + "some more words about it ".repeat(i % 7));
    }
    List<float[]> together = model.embed(texts);
    double least = 1;
    for (int i = 0; i < texts.size(); i++) {
      least = Math.min(least, cosine(model.embedQuery(texts.get(i)), together.get(i)));
    }
    assertTrue(least > 0.97, "least cosine: " + least);
  }

  @Test
  void very_long_and_strange_texts_are_read_as_far_as_the_model_reads() {
    List<float[]> vectors =
        model.embed(List.of("long text ".repeat(5_000), "\u0001", "😀", "x".repeat(3_000)));
    for (float[] vector : vectors) {
      assertEquals(1.0, cosine(vector, vector), 1e-4);
    }
  }
}

package dev.tidemark.server.bench;

import dev.tidemark.server.embedding.BundledModel;
import dev.tidemark.server.embedding.TextModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** The model in this process: texts a second on one thread, and queries alone and beside that. */
final class EmbedBench {
  private static final int BATCH = 32;
  private static final int QUERIES = 200;
  private static final long SECONDS = 8;
  private static final String WORDS =
      "the index keeps every vector in one file and reads it in order while people search for what"
          + " they wrote last week about networks kernels drivers and the settings of their server";

  private EmbedBench() {}

  static void run() throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (TextModel model = BundledModel.load()) {
      System.out.printf(
          Locale.ROOT,
          "%s: %d dimensions, loaded in %,d ms%n%n",
          model.name(),
          model.dimensions(),
          (System.nanoTime() - began) / 1_000_000);
      System.out.printf(
          Locale.ROOT,
          "%-44s %10s %14s%n",
          "texts in batches of 32, one thread",
          "texts/s",
          "ms/text");
      List<String> hundredWords = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        hundredWords.add(words(100, i));
      }
      texts(model, "100 words each", hundredWords);
      Path chat = ChatVectors.folder();
      if (chat != null) {
        texts(model, "lines of a chat", ChatVectors.lines(chat, 4_096));
      }
      System.out.printf(
          Locale.ROOT, "%n%-44s %10s %14s%n", "queries of eight words", "p50 ms", "p99 ms");
      queries(model, "alone");
      AtomicBoolean done = new AtomicBoolean();
      Thread beside =
          Thread.ofPlatform()
              .start(() -> {
                while (!done.get()) {
                  model.embed(hundredWords);
                }
              });
      queries(model, "while one thread embeds texts");
      done.set(true);
      beside.join();
    }
  }

  private static String words(int count, int seed) {
    String[] all = WORDS.split(" ");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(all[(i * 7 + seed * 13) % all.length]).append(' ');
    }
    return text.toString();
  }

  private static void texts(TextModel model, String what, List<String> texts) {
    long embedded = 0;
    model.embed(texts.subList(0, BATCH));
    long start = System.nanoTime();
    int from = 0;
    while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
      embedded += model.embed(texts.subList(from, from + BATCH)).size();
      from = from + 2 * BATCH <= texts.size() ? from + BATCH : 0;
    }
    double nanos = System.nanoTime() - start;
    System.out.printf(
        Locale.ROOT, "%-44s %10.0f %14.2f%n", what, embedded * 1e9 / nanos, nanos / 1e6 / embedded);
  }

  private static void queries(TextModel model, String what) {
    Samples samples = new Samples();
    for (int i = 0; i < QUERIES; i++) {
      long start = System.nanoTime();
      model.embedQuery(words(8, i));
      samples.add(System.nanoTime() - start);
    }
    System.out.printf(
        Locale.ROOT,
        "%-44s %10.1f %14.1f%n",
        what,
        samples.percentileMillis(0.5),
        samples.percentileMillis(0.99));
  }
}

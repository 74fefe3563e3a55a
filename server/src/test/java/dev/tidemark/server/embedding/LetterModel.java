package dev.tidemark.server.embedding;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A small model: how often each letter occurs. It remembers what it read, and can be held up. */
final class LetterModel implements TextModel {
  static final int DIMENSIONS = 27;
  static final String POISON = "poison";

  private final String name;
  final ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();
  final Semaphore arrived = new Semaphore(0);
  volatile @Nullable CountDownLatch gate;
  volatile boolean broken;

  LetterModel(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    if (broken) {
      throw new ModelFailed(ModelFailed.Kind.MODEL, "The letter model is broken.", null);
    }
    if (texts.stream().anyMatch(text -> text.contains(POISON))) {
      throw new ModelFailed(ModelFailed.Kind.MODEL, "A text cannot be read.", null);
    }
    read.addAll(texts);
    CountDownLatch held = gate; // before the arrival is told: a test may set the next gate then
    arrived.release();
    if (held != null) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ModelFailed(ModelFailed.Kind.MODEL, "interrupted", e);
      }
    }
    return texts.stream().map(LetterModel::vector).toList();
  }

  static float[] vector(String text) {
    float[] letters = new float[DIMENSIONS];
    letters[26] = 0.01f;
    text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> letters[c - 'a']++);
    return UnitVectors.of(letters);
  }

  @Override
  public float[] embedQuery(String text) {
    if (broken) {
      throw new ModelFailed(ModelFailed.Kind.MODEL, "The letter model is broken.", null);
    }
    return vector(text);
  }

  @Override
  public void close() {}
}

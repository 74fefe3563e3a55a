package dev.tidemark.server.embedding;

/** Lets measurements use the model that comes with the program. */
public final class BundledModel {
  private BundledModel() {}

  public static TextModel load() {
    return MinilmModel.load();
  }
}

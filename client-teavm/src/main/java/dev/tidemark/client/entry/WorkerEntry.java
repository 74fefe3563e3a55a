package dev.tidemark.client.entry;

/** Entry point of {@code worker.js}. */
public final class WorkerEntry {
  private WorkerEntry() {}

  /** Called once, when the script is loaded. */
  public static void main(String[] arguments) {}
}

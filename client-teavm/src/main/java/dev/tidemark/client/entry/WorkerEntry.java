package dev.tidemark.client.entry;

import dev.tidemark.client.owner.OwnerWorker;

/** Entry point of {@code worker.js}. */
public final class WorkerEntry {
  private WorkerEntry() {}

  /** Called once, when the script is loaded. */
  public static void main(String[] arguments) {
    OwnerWorker.start();
  }
}

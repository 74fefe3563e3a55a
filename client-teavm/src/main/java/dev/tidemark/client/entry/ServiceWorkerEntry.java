package dev.tidemark.client.entry;

import dev.tidemark.client.background.ServiceWorker;

/** Entry point of {@code service-worker.js}, a classic script. */
public final class ServiceWorkerEntry {
  private ServiceWorkerEntry() {}

  /** Called once, when the script is loaded. */
  public static void main(String[] arguments) {
    ServiceWorker.listen();
  }
}

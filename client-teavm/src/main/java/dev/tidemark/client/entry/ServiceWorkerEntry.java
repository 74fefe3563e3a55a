package dev.tidemark.client.entry;

/** Entry point of {@code service-worker.js}. */
public final class ServiceWorkerEntry {
  private ServiceWorkerEntry() {}

  /** Called once, when the script is loaded. */
  public static void main(String[] arguments) {}
}

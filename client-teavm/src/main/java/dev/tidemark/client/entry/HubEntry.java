package dev.tidemark.client.entry;

import dev.tidemark.client.tabs.HubWorker;

/** Entry point of {@code hub.js}. */
public final class HubEntry {
  private HubEntry() {}

  /** Called once, when the script is loaded. */
  public static void main(String[] arguments) {
    HubWorker.start();
  }
}

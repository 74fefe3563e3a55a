package dev.tidemark.server.jobs;

import org.jspecify.annotations.Nullable;

/**
 * What a worker does at this moment.
 *
 * @param job what it works on; null while idle, and for work that is no job
 */
public record WorkerStatus(Kind kind, boolean running, @Nullable Job job) {

  public enum Kind {
    INDEX("index"),
    EMBED("embed");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As it stands on the wire. */
    public String text() {
      return text;
    }
  }
}

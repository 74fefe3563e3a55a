package dev.tidemark.server.jobs;

import org.jspecify.annotations.Nullable;

/** The job cannot be done. The message is one sentence for people, without secrets. */
public final class JobFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public JobFailed(String message) {
    super(message);
  }

  public JobFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.tidemark.server.library.git;

import org.jspecify.annotations.Nullable;

/** A repository cannot be read. The message is one sentence for people, without secrets. */
public final class GitFailed extends Exception {
  private static final long serialVersionUID = 1L;

  public GitFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

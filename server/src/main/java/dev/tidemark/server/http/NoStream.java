package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;

/** Why a stream is not opened. */
final class NoStream {
  private static final int RETRY_AFTER_SECONDS = 5;

  private NoStream() {}

  /**
   * The answer to who asked for one.
   *
   * @param stopping whether the server opens none any more; otherwise there are too many
   */
  static Problem problem(boolean stopping) {
    return (stopping
            ? new Problem(ProblemCode.UNAVAILABLE, "The server is stopping; try again in a moment.")
            : new Problem(ProblemCode.TOO_MANY, "Too many streams are open."))
        .retryAfter(RETRY_AFTER_SECONDS);
  }
}

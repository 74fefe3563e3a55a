package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Bounds how many appends of one user wait at a time, so that a flood of one delays no other. */
final class AppendLimit {
  static final int PER_USER = 256;

  private final ConcurrentHashMap<String, Integer> waiting = new ConcurrentHashMap<>();

  /**
   * @throws Problem 429 when the user has too many under way
   */
  <T> T limited(String user, Supplier<T> append) {
    int underWay = waiting.merge(user, 1, Integer::sum);
    try {
      if (underWay > PER_USER) {
        throw new Problem(
            ProblemCode.TOO_MANY,
            "More than " + PER_USER + " of your appends are under way; wait for some to end.");
      }
      return append.get();
    } finally {
      waiting.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }
  }
}

package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * What an answer other than success said (RFC 9457 problem details and {@code Retry-After}).
 *
 * @param code our problem code, or null where the answer is not from our server: a proxy, a portal
 * @param detail a sentence for people
 * @param index which event of the batch, or -1
 * @param eventId which event of the batch, or null
 * @param space which space, or null
 * @param retryAfterMillis the server's wish before the next try, 0 for none
 */
public record Problem(
    @Nullable String code,
    String detail,
    int index,
    @Nullable String eventId,
    @Nullable String space,
    long retryAfterMillis) {

  /** A problem of which nothing but a sentence is known. */
  public static Problem unknown(String detail) {
    return new Problem(null, detail, -1, null, null, 0);
  }

  /** A problem with a code, about no event in particular. */
  public static Problem of(String code, String detail) {
    return new Problem(code, detail, -1, null, null, 0);
  }

  /** Whether the answer has this code. */
  public boolean is(ProblemCode candidate) {
    return candidate.code().equals(code);
  }
}

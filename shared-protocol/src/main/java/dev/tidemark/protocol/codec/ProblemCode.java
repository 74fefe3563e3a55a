package dev.tidemark.protocol.codec;

import org.jspecify.annotations.Nullable;

/**
 * Every way in which a request or an event is refused: its name on the wire and the HTTP status it
 * comes with.
 */
public enum ProblemCode {
  INVALID_JSON("invalid-json", 400),
  INVALID_REQUEST("invalid-request", 400),
  INVALID_EVENT("invalid-event", 400),
  INVALID_PAYLOAD("invalid-payload", 400),
  INVALID_CURSOR("invalid-cursor", 400),
  NOT_SIGNED_IN("not-signed-in", 401),
  FORBIDDEN("forbidden", 403),
  WRONG_ORIGIN("wrong-origin", 403),
  NOT_FOUND("not-found", 404),
  ID_CONFLICT("id-conflict", 409),
  HISTORY_CHANGED("history-changed", 409),
  STALE_EPOCH("stale-epoch", 409),
  /** A job cannot be paused, resumed or cancelled as it stands. */
  JOB_STATE("job-state", 409),
  TOO_LARGE("too-large", 413),
  WRONG_CONTENT_TYPE("wrong-content-type", 415),
  UNKNOWN_TYPE("unknown-type", 422),
  UNSUPPORTED_PROTOCOL("unsupported-protocol", 422),
  UNKNOWN_TARGET("unknown-target", 422),
  TARGET_EXISTS("target-exists", 422),
  CHANNEL_ARCHIVED("channel-archived", 422),
  WRONG_SPACE("wrong-space", 422),
  LAST_OWNER("last-owner", 422),
  /** Made by the client: the event builds on one that was refused. */
  DEPENDS_ON_REFUSED("depends-on-refused", 422),
  TOO_MANY("too-many", 429),
  INTERNAL("internal", 500),
  /** A library's repository cannot be read where it stands. */
  SOURCE_FAILED("source-failed", 502),
  UNAVAILABLE("unavailable", 503),
  STORAGE_FULL("storage-full", 507);

  private final String code;
  private final int status;

  ProblemCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** Whether the same request can succeed later without a change. */
  public boolean retryHelps() {
    return this == TOO_MANY
        || this == INTERNAL
        || this == SOURCE_FAILED
        || this == UNAVAILABLE
        || this == STORAGE_FULL;
  }

  /** The code of that wire name, or null for one that this build does not know. */
  public static @Nullable ProblemCode fromWire(String code) {
    for (ProblemCode candidate : values()) {
      if (candidate.code.equals(code)) {
        return candidate;
      }
    }
    return null;
  }
}

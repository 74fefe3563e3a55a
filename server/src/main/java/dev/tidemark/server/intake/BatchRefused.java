package dev.tidemark.server.intake;

import dev.tidemark.protocol.codec.ProblemCode;
import org.jspecify.annotations.Nullable;

/** A batch without the agreed shape; thrown only to leave the parser. */
public final class BatchRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final int index;
  private final @Nullable String eventId;

  /**
   * @param index of the event that was refused first, or -1 when it is the batch itself
   */
  BatchRefused(ProblemCode code, String detail, int index, @Nullable String eventId) {
    super(detail, null, false, false);
    this.code = code;
    this.index = index;
    this.eventId = eventId;
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public int index() {
    return index;
  }

  public @Nullable String eventId() {
    return eventId;
  }
}

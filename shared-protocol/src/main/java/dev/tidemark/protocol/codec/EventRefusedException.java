package dev.tidemark.protocol.codec;

/**
 * An event or payload that does not have the agreed shape: the code and a sentence for its sender.
 */
public final class EventRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  public EventRefusedException(ProblemCode code, String detail) {
    super(detail);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}

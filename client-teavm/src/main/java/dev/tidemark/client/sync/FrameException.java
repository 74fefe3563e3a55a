package dev.tidemark.client.sync;

/**
 * A stream that does not keep to the protocol: a frame too large, undecodable, or out of order.
 * Opening the stream again may help; the message is a sentence.
 */
public final class FrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FrameException(String message) {
    super(message);
  }

  public FrameException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message, never null. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}

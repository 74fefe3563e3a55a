package dev.tidemark.protocol.json;

/** Text that is not the JSON we accept; the message is a sentence for the sender. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }

  public JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}

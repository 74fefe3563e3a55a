package dev.tidemark.client.owner;

/** The replica can't do what the server told it: a gap, or rows that are not as the log says. */
public final class ReplicaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReplicaException(String message) {
    super(message);
  }
}

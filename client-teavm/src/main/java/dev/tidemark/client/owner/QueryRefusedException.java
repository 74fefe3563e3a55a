package dev.tidemark.client.owner;

/** A query that is not run, or that SQLite refused; the message is a sentence for its author. */
public final class QueryRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueryRefusedException(String message) {
    super(message);
  }
}

package dev.tidemark.server.stream;

/** What the publisher puts into a mailbox. */
sealed interface Mail {

  /**
   * Consecutive events of one space, encoded once for all streams.
   *
   * @param hash chain hash at {@code last}, as cursors carry it
   * @param frame the lines {@code event:} and {@code data:} of a server-sent event, without its
   *     {@code id:}, which differs by stream; shared, never changed
   */
  @SuppressWarnings("ArrayRecordComponent") // the bytes are shared on purpose and nobody compares
  record Events(String space, long first, long last, String hash, byte[] frame) implements Mail {}

  /** The user has become a member of a space, or has got another role in it. */
  record Membership(String space) implements Mail {}

  /** The user is no member of the space any more. */
  record Revoked(String space) implements Mail {}

  /** The stream has to end: the server stops, or the session was revoked. */
  record End() implements Mail {}
}

package dev.tidemark.server.library.git;

import java.io.IOException;

/** A connection or a transfer that our own rules or limits end; the message is for people. */
final class RefusedConnection extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedConnection(String message) {
    super(message);
  }
}

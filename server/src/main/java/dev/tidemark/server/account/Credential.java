package dev.tidemark.server.account;

/** What a request proves its account with. Only the hash is kept. */
public sealed interface Credential {

  String hash();

  /** An API token in the {@code Authorization} header: sent on purpose, never by the browser. */
  record Token(String hash) implements Credential {}

  /** The session cookie: the browser sends it by itself, so the origin must be looked at. */
  record Session(String hash) implements Credential {}

  static Credential ofToken(String secret) {
    return new Token(Secret.hash(secret));
  }

  static Credential ofSession(String secret) {
    return new Session(Secret.hash(secret));
  }
}

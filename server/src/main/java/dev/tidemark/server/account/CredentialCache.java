package dev.tidemark.server.account;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whom credentials open, so that a request costs no query. Every committed change of any
 * account forgets everything; an answer read before that change is not kept.
 */
final class CredentialCache {
  private static final int LIMIT = 10_000;

  /** An account and when the credential stops opening it. */
  record Entry(Account account, long expiresAtMillis) {}

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  @Nullable Entry find(Credential credential) {
    return entries.get(keyOf(credential));
  }

  long version() {
    return version.get();
  }

  void put(Credential credential, Entry entry, long readAtVersion) {
    if (entries.size() >= LIMIT) {
      entries.clear();
    }
    String key = keyOf(credential);
    entries.put(key, entry);
    if (version.get() != readAtVersion) {
      entries.remove(key);
    }
  }

  void clear() {
    version.incrementAndGet();
    entries.clear();
  }

  private static String keyOf(Credential credential) {
    return switch (credential) {
      case Credential.Token token -> "t" + token.hash();
      case Credential.Session session -> "s" + session.hash();
    };
  }
}

package dev.tidemark.server.eventlog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The two hashes of an event, both SHA-256 with a zero byte between the parts.
 *
 * <ul>
 *   <li>The payload hash covers type, client time and canonical payload (RFC 8785): the same event
 *       sent again has the same one, whatever its basis.
 *   <li>The chain hash covers the chain hash before it, id, type, author and payload hash. The
 *       chain begins with 32 zero bytes at position 0. It stays valid when a payload is erased.
 * </ul>
 */
public final class EventHash {
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(EventHash::newDigest);

  private EventHash() {}

  public static Hash ofPayload(String type, long clientTime, String canonicalPayload) {
    MessageDigest digest = SHA_256.get();
    part(digest, type);
    part(digest, Long.toString(clientTime));
    digest.update(canonicalPayload.getBytes(StandardCharsets.UTF_8));
    return Hash.of(digest.digest());
  }

  static Hash chain(Hash previous, String id, String type, String author, Hash payloadHash) {
    MessageDigest digest = SHA_256.get();
    digest.update(previous.bytes());
    part(digest, id);
    part(digest, type);
    part(digest, author);
    digest.update(payloadHash.bytes());
    return Hash.of(digest.digest());
  }

  static Hash genesis() {
    return Hash.of(new byte[Hash.BYTES]);
  }

  private static void part(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

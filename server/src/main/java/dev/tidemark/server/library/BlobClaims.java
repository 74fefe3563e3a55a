package dev.tidemark.server.library;

import java.util.HashSet;
import java.util.Set;

/**
 * Blobs that are being split at this moment, so that versions which are indexed side by side share
 * the work instead of doing it twice. Thread-safe.
 */
final class BlobClaims {
  private final Set<BlobKey> claimed = new HashSet<>();
  private long releases;

  /** False when somebody else is at it. */
  synchronized boolean claim(BlobKey key) {
    return claimed.add(key);
  }

  synchronized void release(BlobKey key) {
    claimed.remove(key);
    releases++;
    notifyAll();
  }

  /** How often anybody has released a claim: as long as it stays the same, nothing was stored. */
  synchronized long releases() {
    return releases;
  }

  /** Waits until this blob is released, or the time is over. */
  synchronized void awaitRelease(BlobKey key, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (claimed.contains(key)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}

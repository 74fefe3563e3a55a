package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** Cryptographically strong random 32-bit numbers, fetched 64 at a time. */
public final class CryptoRandom {
  private final JSObject pool = newPool();
  private int used = 64;

  /** The next number, all 32 bits random. */
  public int nextInt() {
    if (used == 64) {
      fill(pool);
      used = 0;
    }
    return at(pool, used++);
  }

  @JSBody(script = "return new Int32Array(64);")
  private static native JSObject newPool();

  @JSBody(params = "pool", script = "crypto.getRandomValues(pool);")
  private static native void fill(JSObject pool);

  @JSBody(
      params = {"pool", "index"},
      script = "return pool[index];")
  private static native int at(JSObject pool, int index);
}

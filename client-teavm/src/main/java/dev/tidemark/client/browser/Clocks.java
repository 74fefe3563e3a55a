package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;

/** The browser's clocks. */
public final class Clocks {
  private Clocks() {}

  /** Milliseconds since this context began, monotonic, with fractions. */
  @JSBody(script = "return performance.now();")
  public static native double elapsedMillis();

  /** Milliseconds since 1970 by the device's clock, which may be wrong or jump. */
  public static long epochMillis() {
    return (long) now();
  }

  @JSBody(script = "return Date.now();")
  private static native double now();
}

package dev.tidemark.client.browser;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Makes UUIDs of version 7 (RFC 9562) as text: 48 bits of time in milliseconds, then random bits.
 * Ids of one maker increase as text even within a millisecond and when the clock goes back (the 12
 * bits after the time count up, method 1 of section 6.2); nothing may depend on that. Pure Java.
 */
public final class UuidMaker {
  private static final String HEX = "0123456789abcdef";
  private final LongSupplier epochMillis;
  private final IntSupplier random;
  private long lastMillis = -1;
  private int counter;

  /** Takes a clock in milliseconds since 1970 and a source of 32 random bits. */
  public UuidMaker(LongSupplier epochMillis, IntSupplier random) {
    this.epochMillis = epochMillis;
    this.random = random;
  }

  /** The next id, 36 characters. */
  public String next() {
    long millis = epochMillis.getAsLong();
    if (millis > lastMillis) {
      lastMillis = millis;
      counter = random.getAsInt() & 0x7ff;
    } else if (++counter > 0xfff) {
      lastMillis++;
      counter = 0;
    }
    int high = (int) (lastMillis >>> 16);
    int low = (int) (lastMillis & 0xffff);
    int first = random.getAsInt();
    StringBuilder text = new StringBuilder(36);
    hex(text, high, 8);
    text.append('-');
    hex(text, low, 4);
    text.append('-');
    hex(text, 0x7000 | counter, 4);
    text.append('-');
    hex(text, 0x8000 | (first & 0x3fff), 4);
    text.append('-');
    hex(text, first >>> 16, 4);
    hex(text, random.getAsInt(), 8);
    return text.toString();
  }

  private static void hex(StringBuilder text, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      text.append(HEX.charAt((value >>> shift) & 15));
    }
  }
}

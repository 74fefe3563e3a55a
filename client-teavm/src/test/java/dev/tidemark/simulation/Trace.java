package dev.tidemark.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, as a running hash, and as text where somebody wants to read it. */
final class Trace {
  private final boolean keeps;
  private final List<String> lines = new ArrayList<>();
  private long hash = 0xCBF29CE484222325L;

  Trace(boolean keeps) {
    this.keeps = keeps;
  }

  void add(long nowMillis, String what) {
    mix(Long.hashCode(nowMillis));
    mix(what.hashCode());
    if (keeps) {
      lines.add(String.format("%8d.%03d  %s", nowMillis / 1000, nowMillis % 1000, what));
    }
  }

  private void mix(int value) {
    hash = (hash ^ value) * 0x100000001B3L;
  }

  long hash() {
    return hash;
  }

  List<String> lines() {
    return lines;
  }
}

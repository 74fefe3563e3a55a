package dev.tidemark.server.importing;

import java.util.EnumMap;
import java.util.Map;

/** What happened to the lines of one log, or of several once they are added up. */
final class IrcLogCounts {
  private final Map<Skipped, Long> skipped = new EnumMap<>(Skipped.class);
  private long joined;
  private long cut;
  private long replacedUtf8;

  void skipped(Skipped why) {
    skipped.merge(why, 1L, Long::sum);
  }

  /** A continuation became part of the message before it. */
  void joined() {
    joined++;
  }

  /** A message was longer than messages may be. */
  void cut() {
    cut++;
  }

  /** Lines held bytes that are no UTF-8. */
  void replacedUtf8(long lines) {
    replacedUtf8 += lines;
  }

  void add(IrcLogCounts other) {
    other.skipped.forEach((why, count) -> skipped.merge(why, count, Long::sum));
    joined += other.joined;
    cut += other.cut;
    replacedUtf8 += other.replacedUtf8;
  }

  long count(Skipped why) {
    return skipped.getOrDefault(why, 0L);
  }

  long joinedCount() {
    return joined;
  }

  long cutCount() {
    return cut;
  }

  long replacedUtf8Count() {
    return replacedUtf8;
  }
}

package dev.tidemark.server.database;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers which statements took long, the latest first. Safe for use by several threads. */
public final class SlowQueries {
  /** What counts as slow. */
  static final Duration THRESHOLD = Duration.ofMillis(100);

  private static final int REMEMBERED = 50;
  private static final int MOST_CHARACTERS = 500;

  /**
   * A statement that was slow.
   *
   * @param sql its text without line breaks, cut where it is long
   * @param millis its longest time
   * @param at milliseconds since 1970 of the latest time
   * @param count how often it was slow
   */
  public record SlowQuery(String sql, long millis, long at, long count) {}

  private final Map<String, SlowQuery> bySql = // guarded by this; the least recent first
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SlowQuery> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized void add(String sql, long millis, long at) {
    String line = sql.replaceAll("\\s+", " ").strip();
    String shown = line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) : line;
    SlowQuery before = bySql.get(shown);
    bySql.put(
        shown,
        before == null
            ? new SlowQuery(shown, millis, at, 1)
            : new SlowQuery(shown, Math.max(millis, before.millis()), at, before.count() + 1));
  }

  /** All that are remembered, the latest first. */
  public synchronized List<SlowQuery> list() {
    return bySql.values().stream()
        .sorted(Comparator.comparingLong(SlowQuery::at).reversed())
        .toList();
  }
}

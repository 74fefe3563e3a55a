package dev.tidemark.client.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outbox in memory: entries of each space in the order of writing, and how many of them have
 * touched each row. The table is the truth; after a failed transaction this is read anew.
 */
final class OutboxList {

  /** An entry with the undo of its present optimistic effect. */
  record Entry(PendingEvent pending, Undo undo) {}

  private final Map<String, Map<Long, Entry>> bySpace = new LinkedHashMap<>();
  private final Map<String, Long> numberOf = new HashMap<>();
  private final Map<String, Integer> touches = new HashMap<>();
  private int refused;

  void add(Entry entry) {
    PendingEvent pending = entry.pending();
    String space = pending.event().space();
    bySpace.computeIfAbsent(space, s -> new LinkedHashMap<>()).put(pending.number(), entry);
    numberOf.put(name(space, pending.event().id()), pending.number());
    refused += pending.isRefused() ? 1 : 0;
    count(entry.undo(), 1);
  }

  void remove(Entry entry) {
    PendingEvent pending = entry.pending();
    String space = pending.event().space();
    Map<Long, Entry> entries = Objects.requireNonNull(bySpace.get(space), "entries of the space");
    entries.remove(pending.number());
    if (entries.isEmpty()) {
      bySpace.remove(space);
    }
    numberOf.remove(name(space, pending.event().id()));
    refused -= pending.isRefused() ? 1 : 0;
    count(entry.undo(), -1);
  }

  /** Replaces an entry of the same number. */
  void replace(Entry before, Entry after) {
    Map<Long, Entry> entries =
        Objects.requireNonNull(bySpace.get(before.pending().event().space()), "a known space");
    entries.put(after.pending().number(), after);
    refused += (after.pending().isRefused() ? 1 : 0) - (before.pending().isRefused() ? 1 : 0);
    count(before.undo(), -1);
    count(after.undo(), 1);
  }

  private void count(Undo undo, int difference) {
    for (String name : undo.touched()) {
      int now = touches.getOrDefault(name, 0) + difference;
      if (now == 0) {
        touches.remove(name);
      } else {
        touches.put(name, now);
      }
    }
  }

  boolean touchesAny(Set<String> names) {
    for (String name : names) {
      if (touches.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  @Nullable Entry find(String space, String id) {
    Long number = numberOf.get(name(space, id));
    if (number == null) {
      return null;
    }
    return Objects.requireNonNull(bySpace.get(space), "a known space").get(number);
  }

  boolean isEmpty(String space) {
    return !bySpace.containsKey(space);
  }

  /** The entries of a space, oldest first, as a copy. */
  List<Entry> of(String space) {
    Map<Long, Entry> entries = bySpace.get(space);
    return entries == null ? List.of() : new ArrayList<>(entries.values());
  }

  Collection<String> spaces() {
    return new ArrayList<>(bySpace.keySet());
  }

  /** Entries that the server refused. */
  int refused() {
    return refused;
  }

  /** Entries that wait for the server. */
  int waiting() {
    return numberOf.size() - refused;
  }

  void clear() {
    refused = 0;
    bySpace.clear();
    numberOf.clear();
    touches.clear();
  }

  private static String name(String space, String id) {
    return space + '\n' + id;
  }
}

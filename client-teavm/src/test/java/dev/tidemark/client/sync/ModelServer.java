package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's log as far as sync sees it: per space an order, ids taken once, batches refused
 * whole. Every event whose id begins with {@code bad} is refused.
 */
final class ModelServer {
  static final String PAYLOAD = "{\"body\":\"x\",\"channelId\":\"c\",\"messageId\":\"m\"}";
  private static final int PAGE = 200;

  /** What a batch is answered with. */
  record Answer(int status, List<Placed> results, @Nullable Problem problem) {
    Answer {
      results = List.copyOf(results);
    }

    static Answer refusal(ProblemCode code, int index, @Nullable String eventId, long retryAfter) {
      String detail = "refused: " + code.code();
      return new Answer(
          code.status(),
          List.of(),
          new Problem(code.code(), detail, index, eventId, null, retryAfter));
    }
  }

  private final Map<String, List<Event>> logs = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> positions = new HashMap<>();

  /** Whether a refusal names the event, as the real server does. */
  boolean namesCulprits = true;

  void addSpace(String space) {
    logs.put(space, new ArrayList<>());
    positions.put(space, new HashMap<>());
  }

  List<Event> log(String space) {
    return logs.getOrDefault(space, List.of());
  }

  /** Takes a batch or refuses it whole. */
  Answer append(String space, List<String> ids, String author) {
    List<Event> log = logs.get(space);
    Map<String, Long> taken = positions.get(space);
    if (log == null || taken == null) {
      return Answer.refusal(ProblemCode.NOT_FOUND, -1, null, 0);
    }
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i).startsWith("bad") && !taken.containsKey(ids.get(i))) {
        return namesCulprits
            ? Answer.refusal(ProblemCode.UNKNOWN_TARGET, i, ids.get(i), 0)
            : Answer.refusal(ProblemCode.UNKNOWN_TARGET, -1, null, 0);
      }
    }
    List<Placed> results = new ArrayList<>();
    for (String id : ids) {
      Long before = taken.get(id);
      if (before == null) {
        long position = log.size() + 1L;
        log.add(new Event(space, position, id, "message.created", author, 0, 1, 2, PAYLOAD, null));
        taken.put(id, position);
      }
      results.add(new Placed(id, before == null ? log.size() : before, before != null));
    }
    return new Answer(200, results, null);
  }

  /** Whether a stream can resume after this cursor; else what it is refused with. */
  @Nullable ProblemCode refusalOf(Cursor cursor) {
    for (Map.Entry<String, Cursor.Mark> mark : cursor.marks().entrySet()) {
      List<Event> log = logs.get(mark.getKey());
      if (log == null) {
        return ProblemCode.NOT_FOUND;
      }
      if (mark.getValue().position() > log.size()) {
        return ProblemCode.HISTORY_CHANGED;
      }
    }
    return null;
  }

  /** One page of the stream after the given positions, which it moves; empty when there is none. */
  String page(Map<String, Long> sent) {
    for (Map.Entry<String, List<Event>> entry : logs.entrySet()) {
      int from = sent.getOrDefault(entry.getKey(), 0L).intValue();
      List<Event> log = entry.getValue();
      if (from < log.size()) {
        List<Event> events = log.subList(from, Math.min(log.size(), from + PAGE));
        sent.put(entry.getKey(), events.getLast().position());
        return frame(entry.getKey(), events, cursor(sent));
      }
    }
    return "";
  }

  static String cursor(Map<String, Long> positions) {
    Map<String, Cursor.Mark> marks = new LinkedHashMap<>();
    positions.forEach((space, position) -> marks.put(space, new Cursor.Mark(position, null)));
    return new Cursor(marks).toString();
  }

  static String frame(String space, List<Event> events, String cursor) {
    JsonText data = new JsonText().beginObject().name("space").value(space).name("events");
    data.beginArray();
    events.forEach(event -> EventCodec.writeConfirmed(event, data));
    data.endArray().endObject();
    return "event: events\nid: " + cursor + "\ndata: " + data + "\n\n";
  }
}

package dev.tidemark.simulation;

import dev.tidemark.protocol.authority.Authority;
import dev.tidemark.protocol.authority.Decision;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Role;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One space on the server: its log, its projected rows, and the rules of the writer. Events live
 * here as the real server stores them: erased texts are tombstones in the log.
 */
final class SpaceModel {

  /** What became of a batch; either every event has its position, or nothing was stored. */
  sealed interface Appended {
    record Placed(List<Long> positions) implements Appended {}

    record Refused(ProblemCode code, String detail, int index, String eventId)
        implements Appended {}
  }

  private final String id;
  private final boolean personal;
  private final MemoryDatabase rows = new MemoryDatabase();
  private final Authority authority;
  private final List<Event> log = new ArrayList<>();
  private final List<String> chain = new ArrayList<>();
  private final List<String> payloadHashes = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private final Set<String> deletedMessages = new HashSet<>();
  private final Map<String, Long> formerTimes = new HashMap<>();

  SpaceModel(String id, boolean personal, String creator, long nowMillis) {
    this.id = id;
    this.personal = personal;
    this.authority = new Authority(rows, id, personal);
    chain.add("0000000000000000");
    WorkspaceEvent joined = new WorkspaceEvent.MemberJoined(creator, Role.OWNER);
    appendByServer("founding", EventTypes.of(joined).name(), joined, "{}", nowMillis);
  }

  /** A space as it is now, for a backup. */
  private SpaceModel(SpaceModel now) {
    id = now.id;
    personal = now.personal;
    authority = new Authority(rows, id, personal);
    log.addAll(now.log);
    chain.addAll(now.chain);
    payloadHashes.addAll(now.payloadHashes);
    byId.putAll(now.byId);
    deletedMessages.addAll(now.deletedMessages);
    log.forEach(event -> WorkspaceProjection.applyConfirmed(event, rows));
  }

  SpaceModel copy() {
    return new SpaceModel(this);
  }

  /**
   * Takes the place of a history that is lost. Events that come again in the same order make the
   * same chain, which does not cover the server's times: here they come at the times of then, so
   * that rows can be compared.
   */
  void replaces(SpaceModel lost) {
    formerTimes.putAll(lost.formerTimes);
    lost.log.forEach(event -> formerTimes.put(event.id(), event.serverTime()));
  }

  String id() {
    return id;
  }

  /** Whether a cursor is one of this history. */
  boolean isKnown(Cursor.Mark mark) {
    return mark.position() <= head()
        && (mark.hash() == null || mark.hash().equals(hashAt(mark.position())));
  }

  boolean isPersonal() {
    return personal;
  }

  MemoryDatabase rows() {
    return rows;
  }

  /** Events by position - 1. */
  List<Event> log() {
    return log;
  }

  long head() {
    return log.size();
  }

  /** 16 hex digits, as in cursors. */
  String hashAt(long position) {
    return chain.get((int) position);
  }

  @Nullable Event find(String eventId) {
    Integer index = byId.get(eventId);
    return index == null ? null : log.get(index);
  }

  @Nullable Role roleOf(String user) {
    return authority.roleOf(user);
  }

  /** Messages whose texts are gone from the log. */
  Set<String> deletedMessages() {
    return deletedMessages;
  }

  /** Whether the text of an event is gone from everywhere. */
  boolean isErased(Event event) {
    return switch (event.body()) {
      case WorkspaceEvent.MessageCreated e -> deletedMessages.contains(e.messageId());
      case WorkspaceEvent.MessageEdited e -> deletedMessages.contains(e.messageId());
      case null, default -> false;
    };
  }

  /** Wholly or not at all. */
  Appended append(List<Event> batch, long nowMillis) {
    int savepoint = rows.savepoint();
    int headBefore = log.size();
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Event event = batch.get(i);
      Integer known = byId.get(event.id());
      if (known != null) {
        if (!payloadHash(event).equals(payloadHashes.get(known))
            || !event.author().equals(log.get(known).author())) {
          return refuse(savepoint, headBefore, ProblemCode.ID_CONFLICT, "Taken.", i, event);
        }
        positions.add(known + 1L);
      } else if (authority.decide(event)
          instanceof Decision.Refused(ProblemCode code, String detail)) {
        return refuse(savepoint, headBefore, code, detail, i, event);
      } else {
        positions.add(place(event, nowMillis).position());
      }
    }
    rows.release(savepoint);
    erase(headBefore);
    return new Appended.Placed(positions);
  }

  private Appended refuse(
      int savepoint, int headBefore, ProblemCode code, String detail, int index, Event event) {
    rows.rollback(savepoint);
    while (log.size() > headBefore) {
      byId.remove(log.removeLast().id());
      chain.removeLast();
      payloadHashes.removeLast();
    }
    return new Appended.Refused(code, detail, index, event.id());
  }

  /** An event that the server makes itself, or of a type that only newer builds know. */
  void appendByServer(
      String eventId, String type, @Nullable WorkspaceEvent body, String payload, long nowMillis) {
    String text = body == null ? payload : EventTypes.encode(body);
    place(
        new Event(id, 0, eventId, type, Event.SYSTEM_AUTHOR, head(), nowMillis, 0, text, body),
        nowMillis);
    erase(log.size() - 1);
  }

  private Event place(Event event, long nowMillis) {
    Event placed = event.confirmedAt(head() + 1, formerTimes.getOrDefault(event.id(), nowMillis));
    String payloadHash = payloadHash(event);
    byId.put(event.id(), log.size());
    log.add(placed);
    payloadHashes.add(payloadHash);
    chain.add(hash(chain.getLast(), placed.id(), placed.type(), placed.author(), payloadHash));
    WorkspaceProjection.applyConfirmed(placed, rows);
    return placed;
  }

  /** Tombstones for the texts of messages deleted by, or edited after, the new events. */
  private void erase(int from) {
    boolean any = false;
    for (int i = from; i < log.size(); i++) {
      any |=
          log.get(i).body() instanceof WorkspaceEvent.MessageDeleted e
              && deletedMessages.add(e.messageId());
      any |=
          log.get(i).body() instanceof WorkspaceEvent.MessageEdited e
              && deletedMessages.contains(e.messageId());
    }
    for (int i = 0; any && i < log.size(); i++) {
      WorkspaceEvent tombstone = tombstone(log.get(i).body());
      if (tombstone != null) {
        log.set(i, withBody(log.get(i), tombstone));
      }
    }
  }

  private @Nullable WorkspaceEvent tombstone(@Nullable WorkspaceEvent body) {
    if (body instanceof WorkspaceEvent.MessageCreated e
        && deletedMessages.contains(e.messageId())) {
      return new WorkspaceEvent.MessageCreated(
          e.messageId(), e.channelId(), "", e.threadId(), List.of());
    }
    return body instanceof WorkspaceEvent.MessageEdited e && deletedMessages.contains(e.messageId())
        ? new WorkspaceEvent.MessageEdited(e.messageId(), "")
        : null;
  }

  private static Event withBody(Event event, WorkspaceEvent body) {
    return new Event(
        event.space(),
        event.position(),
        event.id(),
        event.type(),
        event.author(),
        event.basis(),
        event.clientTime(),
        event.serverTime(),
        EventTypes.encodeErased(body),
        body);
  }

  private static String payloadHash(Event event) {
    return hash(event.type(), String.valueOf(event.clientTime()), event.payload());
  }

  private static String hash(String... parts) {
    long hash = 0xCBF29CE484222325L;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x100000001B3L;
      }
      hash = (hash ^ 0x1F) * 0x100000001B3L;
    }
    String digits = Long.toHexString(hash);
    return "0000000000000000".substring(digits.length()) + digits;
  }
}

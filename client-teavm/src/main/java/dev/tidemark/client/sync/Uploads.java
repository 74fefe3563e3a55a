package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The sending half of a session: one {@link UploadLane} for each space with pending events. */
final class Uploads {
  static final int MAX_FLIGHTS = 4;

  private final DoubleSupplier random;
  private final Map<String, UploadLane> lanes = new LinkedHashMap<>();
  private final Map<Integer, UploadLane> flights = new HashMap<>();
  private int lastRequestId;
  private @Nullable Problem problem;

  Uploads(DoubleSupplier random) {
    this.random = random;
  }

  /** What stands in the way of sending, with its code; null when nothing does. */
  @Nullable Problem problem() {
    return problem;
  }

  void outboxChanged(List<PendingEvent> pending) {
    Map<String, List<PendingEvent>> bySpace = new LinkedHashMap<>();
    for (PendingEvent event : pending) {
      bySpace.computeIfAbsent(event.space(), space -> new ArrayList<>()).add(event);
    }
    bySpace.keySet().forEach(this::lane);
    lanes.forEach((space, lane) -> lane.replace(bySpace.getOrDefault(space, List.of())));
    lanes.values().removeIf(UploadLane::isEmpty);
  }

  void added(PendingEvent event) {
    lane(event.space()).add(event);
  }

  private UploadLane lane(String space) {
    return lanes.computeIfAbsent(space, name -> new UploadLane(name, random));
  }

  /** The spaces in which something waits. */
  Set<String> spaces() {
    Set<String> spaces = new LinkedHashSet<>();
    for (UploadLane lane : lanes.values()) {
      if (lane.isWaiting()) {
        spaces.add(lane.space);
      }
    }
    return spaces;
  }

  /** What the replica has applied is pending no more. */
  void applied(StreamMessage message) {
    UploadLane lane = lanes.get(message.space());
    if (lane == null) {
      return;
    }
    switch (message) {
      case StreamMessage.Events batch ->
          batch.events().forEach(event -> lane.confirmed(event.id()));
      case StreamMessage.Revoked revoked -> lane.replace(List.of());
      case StreamMessage.SpaceChanged changed -> {}
    }
    if (lane.isEmpty()) {
      lanes.remove(lane.space);
    }
  }

  void streamOpened(long now) {
    lanes.values().forEach(lane -> lane.streamOpened(now));
  }

  void hint(long now) {
    lanes.values().forEach(lane -> lane.hint(now));
  }

  void stop(List<SyncEffect> out) {
    flights.forEach((requestId, lane) -> {
      lane.land();
      out.add(new SyncEffect.AbortPost(requestId));
    });
    flights.clear();
    problem = null;
  }

  /** Gives up batches that are over their time, then sends what can be sent. */
  void proceed(long now, List<SyncEffect> out) {
    for (UploadLane lane : List.copyOf(flights.values())) {
      UploadLane.Flight flight = lane.flight();
      if (flight != null && now >= flight.deadline()) {
        out.add(new SyncEffect.AbortPost(flight.requestId()));
        land(flight.requestId());
        lane.timedOut(flight.ids().size());
        lane.retryLater(now, 0);
      }
    }
    for (UploadLane lane : List.copyOf(lanes.values())) {
      if (flights.size() >= MAX_FLIGHTS) {
        return;
      }
      if (lane.canPost(now)) {
        UploadLane.Flight flight = lane.post(++lastRequestId, now);
        flights.put(flight.requestId(), lane);
        out.add(new SyncEffect.Post(flight.requestId(), lane.space, flight.ids()));
      }
    }
  }

  long dueAt() {
    long due = Long.MAX_VALUE;
    boolean full = flights.size() >= MAX_FLIGHTS;
    for (UploadLane lane : lanes.values()) {
      if (!full || lane.flight() != null) {
        due = Math.min(due, lane.dueAt());
      }
    }
    return due;
  }

  void failed(int requestId, long now) {
    Flown flown = land(requestId);
    if (flown != null) {
      flown.lane.retryLater(now, 0);
    }
  }

  /** A batch that ended, with its lane. */
  private record Flown(UploadLane lane, List<String> ids) {
    Flown {
      ids = List.copyOf(ids);
    }
  }

  private @Nullable Flown land(int requestId) {
    UploadLane lane = flights.remove(requestId);
    UploadLane.Flight flight = lane == null ? null : lane.flight();
    if (lane == null || flight == null) {
      return null;
    }
    lane.land();
    if (lanes.remove(lane.space, lane)) {
      lanes.put(lane.space, lane); // To the end: busy spaces must not keep the others waiting.
    }
    return new Flown(lane, flight.ids());
  }

  void accepted(int requestId, List<Placed> results, long now, List<SyncEffect> out) {
    Flown flown = land(requestId);
    if (flown == null) {
      return;
    }
    Set<String> sent = new HashSet<>(flown.ids);
    List<Placed> placed = results.stream().filter(one -> sent.remove(one.id())).toList();
    flown.lane.accepted(placed, sent.isEmpty(), now);
    problem = null;
    if (!placed.isEmpty()) {
      out.add(new SyncEffect.Accepted(flown.lane.space, placed));
    }
  }

  /** A batch was answered with a status other than 200 and 401. */
  void refused(int requestId, int status, Problem given, long now, List<SyncEffect> out) {
    Flown flown = land(requestId);
    if (flown == null) {
      return;
    }
    UploadLane lane = flown.lane;
    List<String> ids = flown.ids;
    String code = given.code();
    if (code == null && status == ProblemCode.TOO_LARGE.status()) {
      code = ProblemCode.TOO_LARGE.code();
    }
    if (code == null || status < 400 || status >= 500 || isNotAboutEvents(code)) {
      // Without a code it is not our server that speaks: never a reason to give up an event.
      problem = code == null ? problem : given;
      lane.retryLater(now, given.retryAfterMillis());
      return;
    }
    String culprit = culprit(given, ids);
    if (culprit == null && given.is(ProblemCode.NOT_FOUND)) {
      for (String id : lane.waiting()) {
        refuse(lane, id, code, given.detail(), out);
      }
    } else if (culprit != null) {
      refuse(lane, culprit, code, given.detail(), out);
    } else {
      lane.halve(ids.size());
    }
  }

  private static void refuse(
      UploadLane lane, String id, String code, String detail, List<SyncEffect> out) {
    lane.refuse(id);
    out.add(new SyncEffect.Refuse(lane.space, id, code, detail));
  }

  private static @Nullable String culprit(Problem given, List<String> ids) {
    String named = given.eventId();
    if (named != null && ids.contains(named)) {
      return named;
    }
    if (given.index() >= 0 && given.index() < ids.size()) {
      return ids.get(given.index());
    }
    boolean alone = ids.size() == 1 && !given.is(ProblemCode.NOT_FOUND);
    return alone ? ids.getFirst() : null;
  }

  /** Refusals of the request as such: another build or configuration helps, another batch not. */
  private static boolean isNotAboutEvents(String code) {
    ProblemCode known = ProblemCode.fromWire(code);
    return known == ProblemCode.UNSUPPORTED_PROTOCOL
        || known == ProblemCode.WRONG_ORIGIN
        || known == ProblemCode.WRONG_CONTENT_TYPE
        || known == ProblemCode.STALE_EPOCH
        || known == ProblemCode.TOO_MANY
        || (known != null && known.retryHelps());
  }
}

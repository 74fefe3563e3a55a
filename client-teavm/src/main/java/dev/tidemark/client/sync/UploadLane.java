package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of one space.
 *
 * <ol>
 *   <li>One batch is under way at a time, and it is the head of what waits: events reach the log in
 *       outbox order, whatever is lost or repeated on the way.
 *   <li>What was acknowledged is not sent again before the stream was opened anew.
 *   <li>After a refusal nothing is sent until the outbox was told anew, because events that depend
 *       on the refused one go aside too.
 * </ol>
 */
final class UploadLane {
  static final int TARGET_BATCH_BYTES = 900_000;
  static final int FIRST_DEADLINE_MILLIS = 60_000;
  static final int MAX_DEADLINE_DOUBLINGS = 2;

  /** A batch under way. */
  record Flight(int requestId, List<String> ids, long deadline) {
    Flight {
      ids = List.copyOf(ids);
    }
  }

  final String space;
  private final Backoff backoff;
  private final Map<String, PendingEvent> waiting = new LinkedHashMap<>();
  private final Map<String, PendingEvent> acknowledged = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();
  private @Nullable Flight flight;
  private long retryAt = Long.MIN_VALUE;
  private boolean retryIsWish;
  private boolean outboxIsStale;
  private int batchLimit = Protocol.MAX_BATCH_EVENTS;
  private int deadlineDoublings;

  UploadLane(String space, DoubleSupplier random) {
    this.space = space;
    this.backoff = new Backoff(random);
  }

  @Nullable Flight flight() {
    return flight;
  }

  boolean isEmpty() {
    return flight == null && waiting.isEmpty() && acknowledged.isEmpty() && refused.isEmpty();
  }

  /** Whether an event waits to be sent, or for the stream to bring it. */
  boolean isWaiting() {
    return !waiting.isEmpty() || !acknowledged.isEmpty();
  }

  void add(PendingEvent event) {
    if (!acknowledged.containsKey(event.id()) && !refused.contains(event.id())) {
      waiting.put(event.id(), event);
    }
  }

  /** The outbox of this space anew. */
  void replace(Collection<PendingEvent> listed) {
    Set<String> ids = new HashSet<>();
    listed.forEach(event -> ids.add(event.id()));
    acknowledged.keySet().retainAll(ids);
    refused.retainAll(ids);
    waiting.clear();
    listed.forEach(this::add);
    outboxIsStale = false;
  }

  /** The stream brought this event, ours or not. */
  void confirmed(String id) {
    waiting.remove(id);
    acknowledged.remove(id);
    refused.remove(id);
  }

  /** A new stream: what is acknowledged and still pending is sent again; the server is there. */
  void streamOpened(long now) {
    if (!acknowledged.isEmpty()) {
      List<PendingEvent> rest = List.copyOf(waiting.values());
      waiting.clear();
      waiting.putAll(acknowledged);
      acknowledged.clear();
      rest.forEach(event -> waiting.put(event.id(), event));
    }
    hint(now);
  }

  /** Waits no longer, unless the server itself asked for it. */
  void hint(long now) {
    deadlineDoublings = 0;
    if (!retryIsWish) {
      retryAt = Math.min(retryAt, now);
    }
  }

  boolean canPost(long now) {
    return hasWork() && now >= retryAt;
  }

  private boolean hasWork() {
    return flight == null && !outboxIsStale && !waiting.isEmpty();
  }

  /** Takes the next batch under way. */
  Flight post(int requestId, long now) {
    List<String> ids = new ArrayList<>();
    int bytes = 0;
    for (PendingEvent event : waiting.values()) {
      boolean fits = ids.size() < batchLimit && bytes + event.bytes() <= TARGET_BATCH_BYTES;
      if (!ids.isEmpty() && !fits) {
        break;
      }
      ids.add(event.id());
      bytes += event.bytes();
    }
    long allowed = (long) FIRST_DEADLINE_MILLIS << deadlineDoublings;
    Flight next = new Flight(requestId, ids, now + allowed);
    flight = next;
    return next;
  }

  /** The batch has no answer any more. */
  void land() {
    flight = null;
  }

  /**
   * The server has these.
   *
   * @param complete whether that is the whole batch
   */
  void accepted(List<Placed> placed, boolean complete, long now) {
    for (Placed one : placed) {
      PendingEvent event = waiting.remove(one.id());
      if (event != null) {
        acknowledged.put(one.id(), event);
      }
    }
    if (complete) {
      backoff.reset();
      deadlineDoublings = 0;
      batchLimit = Math.min(Protocol.MAX_BATCH_EVENTS, batchLimit * 2);
    } else {
      retryLater(now, 0);
    }
  }

  void refuse(String id) {
    waiting.remove(id);
    refused.add(id);
    outboxIsStale = true;
  }

  /** Everything that waits. */
  List<String> waiting() {
    return List.copyOf(waiting.keySet());
  }

  /** Looks for the culprit in a smaller batch, at once. */
  void halve(int size) {
    batchLimit = Math.max(1, size / 2);
  }

  /** The batch got no answer in its time: smaller batches and more time for a slow network. */
  void timedOut(int size) {
    halve(size);
    deadlineDoublings = Math.min(MAX_DEADLINE_DOUBLINGS, deadlineDoublings + 1);
  }

  void retryLater(long now, long wishMillis) {
    long wish = Math.min(wishMillis, StreamLink.LONGEST_WISH_MILLIS);
    retryAt = now + wish + backoff.nextDelayMillis();
    retryIsWish = wish > 0;
  }

  long dueAt() {
    if (flight != null) {
      return flight.deadline();
    }
    return hasWork() ? retryAt : Long.MAX_VALUE;
  }
}

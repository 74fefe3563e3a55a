package dev.tidemark.client.sync;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.json.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a session: one stream, and the messages on their way into the replica.
 *
 * <ol>
 *   <li>A stream is opened only when nothing is queued or being applied: its cursor is always what
 *       the replica has made durable.
 *   <li>Per space, positions reach the replica without gap and without repetition.
 *   <li>At most one message is being applied.
 *   <li>A stream without a byte for {@link #SILENCE_MILLIS} is closed and opened again.
 * </ol>
 */
final class StreamLink {
  static final int SILENCE_MILLIS = 3 * Protocol.KEEP_ALIVE_MILLIS;
  static final int STABLE_MILLIS = 60_000;

  /** With this many events queued, reading should pause. */
  static final int ENOUGH_QUEUED_EVENTS = 2_000;

  /** A stream that brings events faster than they are applied is closed at this many. */
  static final int MAX_QUEUED_EVENTS = 20_000;

  /** Longest wait that a server's Retry-After can impose. */
  static final long LONGEST_WISH_MILLIS = 3_600_000;

  private enum State {
    STOPPED,
    WAITING,
    OPENING,
    OPEN,
    LISTING
  }

  private final JsonParser parser;
  private final Backoff backoff;
  private final Map<String, Long> received = new HashMap<>();
  private final ApplyQueue queue = new ApplyQueue();
  private State state = State.STOPPED;
  private @Nullable StreamMessage applying;
  private String appliedCursor = "";

  /**
   * What the stream was opened with last: the applied cursor, and spaces that only wait to send.
   */
  private Cursor asked = Cursor.parse("");

  private long lastByteAt;
  private long openedAt;
  private long retryAt;
  private boolean retryIsWish;
  private boolean catchingUp;

  StreamLink(JsonParser parser, DoubleSupplier random) {
    this.parser = parser;
    this.backoff = new Backoff(random);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether the replica has enough to do for now. */
  boolean hasEnough() {
    return queue.events() >= ENOUGH_QUEUED_EVENTS;
  }

  /** Whether the server is there; also while a stream that was too fast is drained. */
  boolean isOnline() {
    return isOpen() || catchingUp;
  }

  void start(String cursor, long now, List<SyncEffect> out) {
    stop(out);
    applying = null;
    appliedCursor = cursor;
    backoff.reset();
    waitUntil(now);
  }

  void stop(List<SyncEffect> out) {
    close(out);
    queue.clear();
    state = State.STOPPED;
    catchingUp = false;
  }

  /** Waits no longer, unless the server itself asked for it; a silent stream is doubted earlier. */
  void hint(long now, List<SyncEffect> out) {
    if (state == State.WAITING && !retryIsWish) {
      retryAt = Math.min(retryAt, now);
    } else if (state == State.STOPPED) {
      waitUntil(now);
    } else if (state == State.OPEN
        && now - lastByteAt > Protocol.KEEP_ALIVE_MILLIS + Backoff.LONGEST_MILLIS / 4) {
      fail(now, 0, out);
    }
  }

  void opened(long now) {
    if (state == State.OPENING) {
      state = State.OPEN;
      catchingUp = false;
      openedAt = now;
      lastByteAt = now;
    }
  }

  /**
   * Bytes came.
   *
   * @return null, or why the stream was closed
   */
  @Nullable String chunk(List<Frame> frames, long now, List<SyncEffect> out) {
    if (state != State.OPEN) {
      return null;
    }
    lastByteAt = now;
    try {
      for (Frame frame : frames) {
        StreamMessage message = StreamMessages.decode(frame, parser);
        if (message != null) {
          take(message);
        }
      }
    } catch (FrameException e) {
      fail(now, 0, out);
      return e.sentence();
    }
    if (queue.events() > MAX_QUEUED_EVENTS) {
      close(out);
      waitUntil(now);
      catchingUp = true;
    }
    return null;
  }

  private void take(StreamMessage message) {
    switch (message) {
      case StreamMessage.Events events -> takeEvents(events);
      case StreamMessage.Revoked revoked -> {
        received.remove(revoked.space());
        queue.add(revoked);
      }
      case StreamMessage.SpaceChanged changed -> queue.add(changed);
    }
  }

  private void takeEvents(StreamMessage.Events message) {
    long last = received.getOrDefault(message.space(), 0L);
    var events = message.events();
    int known = 0;
    while (known < events.size() && events.get(known).position() <= last) {
      known++;
    }
    if (known == events.size()) {
      return;
    }
    long first = events.get(known).position();
    if (first != last + 1) {
      throw new FrameException(
          "The stream left out events of "
              + message.space()
              + ": last="
              + last
              + ", given="
              + first
              + ".");
    }
    received.put(message.space(), events.getLast().position());
    queue.add(
        known == 0
            ? message
            : new StreamMessage.Events(
                message.space(), events.subList(known, events.size()), message.cursor()));
  }

  /** The stream ended, broke or could not be opened. */
  void ended(long now) {
    if (state == State.OPENING || state == State.OPEN || state == State.LISTING) {
      waitAfterFailure(now, 0);
    }
  }

  /** Like {@link #ended}, by our own doing. */
  void fail(long now, long wishMillis, List<SyncEffect> out) {
    close(out);
    waitAfterFailure(now, wishMillis);
  }

  /** The server answered the request for the stream with something else. */
  void refused(long now, long wishMillis) {
    if (state == State.OPENING || state == State.LISTING) {
      waitAfterFailure(now, wishMillis);
    }
  }

  /** The cursor names a space that is ours no more, the server does not say which. */
  void listSpaces(long now, List<SyncEffect> out) {
    state = State.LISTING;
    lastByteAt = now;
    out.add(new SyncEffect.ListSpaces());
  }

  boolean isListing() {
    return state == State.LISTING;
  }

  void spacesListed(Set<String> spaces, long now) {
    if (state != State.LISTING) {
      return;
    }
    boolean lost = false;
    for (String space : asked.marks().keySet()) {
      if (!spaces.contains(space)) {
        queue.add(new StreamMessage.Revoked(space));
        lost = true;
      }
    }
    if (lost) {
      waitUntil(now);
    } else {
      waitAfterFailure(now, 0);
    }
  }

  /** The server named the space of the cursor that is ours no more. */
  void spaceLost(String space, long now) {
    queue.add(new StreamMessage.Revoked(space));
    waitUntil(now);
  }

  boolean cursorNames(String space) {
    return asked.marks().containsKey(space);
  }

  /**
   * @return what was applied, or null when nothing was being applied
   */
  @Nullable StreamMessage applied(String cursor) {
    StreamMessage message = applying;
    if (message != null) {
      appliedCursor = cursor;
      applying = null;
    }
    return message;
  }

  void applyFailed(long now, List<SyncEffect> out) {
    applying = null;
    queue.clear();
    if (state != State.STOPPED) {
      fail(now, 0, out);
    }
  }

  /**
   * Notices silence; hands out the next message; opens the stream when it is time.
   *
   * @param sending spaces in which something waits to be sent. The cursor names them too, at 0
   *     where nothing of them was applied: the server then says if they are ours no more, which is
   *     the only end for events that it has but will not bring
   */
  void proceed(long now, Set<String> sending, List<SyncEffect> out) {
    if (hasEnough()) {
      lastByteAt = now; // Perhaps nobody reads: that is not the server's silence.
    }
    if (isBusy() && now - lastByteAt >= SILENCE_MILLIS) {
      fail(now, 0, out);
    }
    if (applying == null && state != State.STOPPED) {
      applying = queue.next();
      if (applying != null) {
        out.add(new SyncEffect.Apply(applying));
      }
    }
    if (state == State.WAITING && now >= retryAt && applying == null) {
      state = State.OPENING;
      lastByteAt = now;
      received.clear();
      asked = withAll(Cursor.parse(appliedCursor), sending);
      asked.marks().forEach((space, mark) -> received.put(space, mark.position()));
      out.add(new SyncEffect.OpenStream(asked.toString()));
    }
  }

  private static Cursor withAll(Cursor applied, Set<String> sending) {
    Map<String, Cursor.Mark> marks = new LinkedHashMap<>(applied.marks());
    for (String space : sending) {
      if (marks.size() < Cursor.MAX_SPACES) {
        marks.putIfAbsent(space, new Cursor.Mark(0, null));
      }
    }
    return new Cursor(marks);
  }

  /** When {@link #proceed} has something to do without another input. */
  long dueAt() {
    if (isBusy()) {
      return lastByteAt + SILENCE_MILLIS;
    }
    return state == State.WAITING && applying == null ? retryAt : Long.MAX_VALUE;
  }

  private boolean isBusy() {
    return state == State.OPENING || state == State.OPEN || state == State.LISTING;
  }

  private void close(List<SyncEffect> out) {
    if (isBusy()) {
      out.add(new SyncEffect.CloseStream());
    }
  }

  private void waitUntil(long millis) {
    state = State.WAITING;
    retryAt = millis;
    retryIsWish = false;
    catchingUp = false;
  }

  private void waitAfterFailure(long now, long wishMillis) {
    if (state == State.OPEN && now - openedAt >= STABLE_MILLIS) {
      backoff.reset();
    }
    long wish = Math.min(wishMillis, LONGEST_WISH_MILLIS);
    waitUntil(now + wish + backoff.nextDelayMillis());
    retryIsWish = wish > 0;
  }

  /** Messages that came and are not being applied yet; events of one space are merged. */
  private static final class ApplyQueue {
    private final List<StreamMessage> messages = new ArrayList<>();
    private int taken;
    private int events;

    int events() {
      return events;
    }

    void add(StreamMessage message) {
      messages.add(message);
      events += sizeOf(message);
    }

    void clear() {
      messages.clear();
      taken = 0;
      events = 0;
    }

    @Nullable StreamMessage next() {
      if (taken == messages.size()) {
        return null;
      }
      StreamMessage first = messages.get(taken++);
      StreamMessage next = first instanceof StreamMessage.Events batch ? merged(batch) : first;
      events -= sizeOf(next);
      if (taken == messages.size()) {
        clear();
      }
      return next;
    }

    private StreamMessage.Events merged(StreamMessage.Events first) {
      List<Event> all = null;
      String cursor = first.cursor();
      int size = first.events().size();
      while (taken < messages.size()
          && messages.get(taken) instanceof StreamMessage.Events more
          && more.space().equals(first.space())
          && size + more.events().size() <= Protocol.MAX_BATCH_EVENTS) {
        if (all == null) {
          all = new ArrayList<>(first.events());
        }
        all.addAll(more.events());
        cursor = more.cursor();
        size = all.size();
        taken++;
      }
      return all == null ? first : new StreamMessage.Events(first.space(), all, cursor);
    }

    private static int sizeOf(StreamMessage message) {
      return message instanceof StreamMessage.Events batch ? batch.events().size() : 1;
    }
  }
}

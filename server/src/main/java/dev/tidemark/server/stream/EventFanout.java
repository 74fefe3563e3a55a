package dev.tidemark.server.stream;

import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.server.account.Credential;
import dev.tidemark.server.eventlog.CommitListener;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.eventlog.LoggedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Carries commits from the log to the streams.
 *
 * <ol>
 *   <li>Commits of a space reach each mailbox in the order of their positions.
 *   <li>After the commit that ends a membership nothing of that space is put into a mailbox of that
 *       user.
 *   <li>A stream that does not keep up delays nobody: its mailbox runs over and it is dropped.
 * </ol>
 */
public final class EventFanout implements CommitListener, AutoCloseable {
  /** Commits that wait to be published; when so many do, the writer waits too. */
  private static final int WAITING_LIMIT = 1_024;

  /** Neighbouring commits of a space are sent as one frame up to this many events. */
  private static final int FRAME_EVENTS = 500;

  /** ... and up to this many characters of payloads. */
  private static final long FRAME_CHARACTERS = 1_500_000;

  private static final long STOP_MILLIS = 1_000;

  private record Commit(String space, List<LoggedEvent> events) {}

  private final ArrayBlockingQueue<Commit> commits = new ArrayBlockingQueue<>(WAITING_LIMIT);
  private final ConcurrentHashMap<String, Set<StreamSession>> bySpace = new ConcurrentHashMap<>();
  private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong overflows = new AtomicLong();
  private final StreamLimits limits;
  private final Thread publisher;
  private volatile boolean closing;

  public EventFanout(StreamLimits limits) {
    this.limits = limits;
    this.publisher = Thread.ofPlatform().name("publisher").daemon().start(this::publishAll);
  }

  @Override
  public void committed(String space, List<LoggedEvent> events) {
    try {
      commits.put(new Commit(space, events));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopping: readers resume from the log
    }
  }

  /**
   * A new stream of a user, not yet running; null when there are too many, or {@link #isClosing}.
   *
   * @param start where it begins, checked against the log
   */
  public @Nullable StreamSession open(
      EventLog log, String user, Credential credential, StreamStart.From start, StreamSink sink) {
    synchronized (sessions) {
      long own = sessions.stream().filter(open -> open.user().equals(user)).count();
      if (closing || sessions.size() >= limits.total() || own >= limits.perUser()) {
        return null;
      }
      StreamSession session = new StreamSession(this, log, user, credential, start, sink);
      sessions.add(session);
      return session;
    }
  }

  /** Ends the streams that a session had opened. */
  public void endStreamsOf(Credential credential) {
    for (StreamSession session : sessions) {
      if (session.credential().equals(credential)) {
        session.end();
      }
    }
  }

  /** Whether it opens no streams any more. */
  public boolean isClosing() {
    return closing;
  }

  /** Streams open at this moment. */
  public int open() {
    return sessions.size();
  }

  /** The streams open at this moment, the oldest first. */
  public List<OpenStream> streams() {
    return sessions.stream()
        .map(StreamSession::description)
        .sorted(Comparator.comparingLong(OpenStream::since))
        .toList();
  }

  /** Streams closed because their mailbox ran over. */
  public long overflows() {
    return overflows.get();
  }

  void listen(StreamSession session, String space) {
    bySpace.compute(
        space,
        (id, listening) -> {
          Set<StreamSession> set = listening == null ? ConcurrentHashMap.newKeySet() : listening;
          set.add(session);
          return set;
        });
  }

  void forget(StreamSession session, String space) {
    bySpace.computeIfPresent(
        space,
        (id, listening) -> {
          listening.remove(session);
          return listening.isEmpty() ? null : listening;
        });
  }

  void closed(StreamSession session) {
    synchronized (sessions) {
      sessions.remove(session);
      sessions.notifyAll(); // close() may wait for the last one
    }
  }

  private void publishAll() {
    try {
      Commit carried = null;
      while (!closing) {
        Commit first = carried == null ? commits.take() : carried;
        carried = null;
        List<LoggedEvent> merged = new ArrayList<>(first.events());
        boolean mergeable = !changesMembership(first);
        long characters = charactersOf(first);
        Commit next = mergeable ? commits.poll() : null;
        while (next != null) {
          boolean fits =
              next.space().equals(first.space())
                  && merged.size() + next.events().size() <= FRAME_EVENTS
                  && characters + charactersOf(next) <= FRAME_CHARACTERS
                  && !changesMembership(next);
          if (!fits) {
            carried = next;
            break;
          }
          merged.addAll(next.events());
          characters += charactersOf(next);
          next = commits.poll();
        }
        publish(first.space(), merged);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() ends this thread
    }
  }

  private static long charactersOf(Commit commit) {
    return commit.events().stream().mapToLong(logged -> logged.event().payload().length()).sum();
  }

  private static boolean changesMembership(Commit commit) {
    return commit.events().stream().anyMatch(logged -> memberOf(logged) != null);
  }

  /** The user whose membership an event changes, or null. */
  private static @Nullable String memberOf(LoggedEvent logged) {
    WorkspaceEvent body = logged.event().body();
    if (body instanceof WorkspaceEvent.MemberJoined joined) {
      return joined.userId();
    }
    if (body instanceof WorkspaceEvent.MemberLeft left) {
      return left.userId();
    }
    if (body instanceof WorkspaceEvent.MemberRoleChanged changed) {
      return changed.userId();
    }
    return null;
  }

  private void publish(String space, List<LoggedEvent> events) {
    for (LoggedEvent logged : events) {
      if (logged.event().body() instanceof WorkspaceEvent.MemberLeft left) {
        revoke(space, left.userId());
      }
    }
    Set<StreamSession> listening = bySpace.get(space);
    if (listening != null && !listening.isEmpty()) {
      Mail.Events frame = Frames.events(space, events);
      for (StreamSession session : listening) {
        deliver(session, frame);
      }
    }
    for (LoggedEvent logged : events) {
      String member = memberOf(logged);
      if (member != null && !(logged.event().body() instanceof WorkspaceEvent.MemberLeft)) {
        tell(member, new Mail.Membership(space));
      }
    }
  }

  private void revoke(String space, String user) {
    for (StreamSession session : sessions) {
      if (session.user().equals(user)) {
        forget(session, space);
        deliver(session, new Mail.Revoked(space));
      }
    }
  }

  private void tell(String user, Mail mail) {
    for (StreamSession session : sessions) {
      if (session.user().equals(user)) {
        deliver(session, mail);
      }
    }
  }

  private void deliver(StreamSession session, Mail mail) {
    if (!session.offer(mail)) {
      overflows.incrementAndGet();
      session.forgetAll();
    }
  }

  /** Ends every stream and waits a moment for them, then stops publishing. */
  @Override
  public void close() {
    synchronized (sessions) {
      closing = true;
    }
    sessions.forEach(StreamSession::end);
    try {
      awaitNoSessions();
      sessions.forEach(StreamSession::interrupt);
      publisher.interrupt();
      publisher.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitNoSessions() throws InterruptedException {
    long deadline = System.nanoTime() + STOP_MILLIS * 1_000_000;
    synchronized (sessions) {
      long leftMillis = STOP_MILLIS;
      while (!sessions.isEmpty() && leftMillis > 0) {
        sessions.wait(leftMillis);
        leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      }
    }
  }
}

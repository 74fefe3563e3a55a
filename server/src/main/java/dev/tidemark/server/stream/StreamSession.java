package dev.tidemark.server.stream;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.server.account.Credential;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.eventlog.EventPage;
import dev.tidemark.server.eventlog.SpaceHead;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. {@link #run} belongs to the stream's own thread; {@link #offer}, {@link #end}
 * and {@link #forgetAll} come from others.
 *
 * <p>A space is caught up from the log until its head is reached, then listened to, then caught up
 * once more: what was committed between is either in that last read or in the mailbox. A frame that
 * does not begin right after what was sent is replaced by reading the log.
 */
public final class StreamSession {
  private static final int PAGE_EVENTS = 500;

  /** Says something more often than promised, so that a slow network keeps the promise too. */
  private static final long KEEP_ALIVE_MILLIS = Protocol.KEEP_ALIVE_MILLIS * 2L / 3;

  /** Written bytes are flushed when the mailbox is empty, or after so many frames. */
  private static final int FRAMES_PER_FLUSH = 64;

  private final EventFanout fanout;
  private final EventLog log;
  private final String user;
  private final Credential credential;
  private final StreamSink sink;
  private final StreamStart.From start;
  private final Mailbox mailbox = new Mailbox();
  private final Map<String, Cursor.Mark> sent = new LinkedHashMap<>();
  private final long since = System.currentTimeMillis();
  private volatile @Nullable Thread thread;

  StreamSession(
      EventFanout fanout,
      EventLog log,
      String user,
      Credential credential,
      StreamStart.From start,
      StreamSink sink) {
    this.fanout = fanout;
    this.log = log;
    this.user = user;
    this.credential = credential;
    this.start = start;
    this.sink = sink;
  }

  String user() {
    return user;
  }

  Credential credential() {
    return credential;
  }

  OpenStream description() {
    synchronized (sent) {
      return new OpenStream(user, since, sent.size());
    }
  }

  boolean offer(Mail mail) {
    return mailbox.offer(mail);
  }

  /** Ends the stream after what it is just writing. */
  void end() {
    mailbox.end();
  }

  /** Ends the stream even in the middle of a blocked write. */
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Takes the stream out of every space's list. */
  void forgetAll() {
    synchronized (sent) {
      sent.keySet().forEach(space -> fanout.forget(this, space));
    }
  }

  /**
   * Runs the stream until its reader is gone, it must end, or its mailbox has run over.
   *
   * @param stillSignedIn asked now and then
   * @throws IOException when the reader is gone
   */
  public void run(BooleanSupplier stillSignedIn) throws IOException {
    thread = Thread.currentThread();
    try {
      sink.write(Frames.COMMENT);
      for (SpaceHead space : start.spaces()) {
        sink.write(Frames.space(space));
      }
      sink.flush();
      synchronized (sent) {
        sent.putAll(start.positions());
      }
      for (String space : start.positions().keySet()) {
        join(space);
      }
      live(stillSignedIn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops: nothing is owed to the reader
    } finally {
      forgetAll();
      fanout.closed(this);
    }
  }

  private void live(BooleanSupplier stillSignedIn) throws IOException, InterruptedException {
    int unflushed = 0;
    while (true) {
      Mail mail = mailbox.poll(unflushed == 0 ? KEEP_ALIVE_MILLIS : 0);
      if (mail == null && mailbox.overflowed()) {
        sink.write(Frames.overflow(cursor()));
        sink.flush();
        return;
      }
      if (mail == null && unflushed == 0) {
        if (!stillSignedIn.getAsBoolean()) {
          return;
        }
        sink.write(Frames.COMMENT);
        unflushed++;
      } else if (mail != null) {
        if (mail instanceof Mail.End) {
          sink.flush();
          return;
        }
        handle(mail);
        unflushed++;
      }
      if (mail == null || unflushed >= FRAMES_PER_FLUSH) {
        sink.flush();
        unflushed = 0;
      }
    }
  }

  private void handle(Mail mail) throws IOException {
    switch (mail) {
      case Mail.Events events -> forward(events);
      case Mail.Membership membership -> membership(membership.space());
      case Mail.Revoked revoked -> leave(revoked.space());
      case Mail.End end -> throw new IllegalStateException("the end is handled by the caller");
    }
  }

  private void forward(Mail.Events events) throws IOException {
    Cursor.Mark mark = sent.get(events.space());
    if (mark == null || events.last() <= mark.position()) {
      return;
    }
    if (events.first() != mark.position() + 1) {
      catchUp(events.space());
      return;
    }
    write(events);
  }

  private void write(Mail.Events events) throws IOException {
    mark(events.space(), new Cursor.Mark(events.last(), events.hash()));
    sink.write(events.frame());
    sink.write(Frames.id(cursor()));
  }

  private void membership(String space) throws IOException {
    SpaceHead head = log.spaceOf(user, space);
    if (head == null) {
      return; // gone again: the mail that says so is on its way
    }
    sink.write(Frames.space(head));
    sink.flush();
    if (!sent.containsKey(space)) {
      mark(space, new Cursor.Mark(0, null));
      join(space);
    }
  }

  /** Catches up, listens, and catches up with what came between. */
  private void join(String space) throws IOException {
    if (catchUp(space)) {
      fanout.listen(this, space);
      catchUp(space);
    }
  }

  /** Sends everything up to the head; false when the user is no member any more. */
  private boolean catchUp(String space) throws IOException {
    while (true) {
      Cursor.Mark mark = sent.get(space);
      if (mark == null) {
        return false;
      }
      EventPage page = log.page(space, user, mark.position(), PAGE_EVENTS);
      if (page == null) {
        leave(space);
        return false;
      }
      if (!page.events().isEmpty()) {
        write(Frames.events(space, page.events()));
        sink.flush();
      }
      Cursor.Mark reached = sent.get(space);
      if (reached == null || reached.position() >= page.head()) {
        return true;
      }
    }
  }

  private void leave(String space) throws IOException {
    fanout.forget(this, space);
    boolean known;
    synchronized (sent) {
      known = sent.remove(space) != null;
    }
    if (known) {
      sink.write(Frames.revoked(space));
      sink.flush();
    }
  }

  private void mark(String space, Cursor.Mark mark) {
    synchronized (sent) {
      sent.put(space, mark);
    }
  }

  private String cursor() {
    return new Cursor(sent).toString();
  }
}

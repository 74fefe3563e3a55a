package dev.tidemark.server.stream;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from the publisher to one stream. When it runs over, everything in it is dropped
 * and it takes no more: the stream ends and its reader resumes from the log. Thread-safe.
 */
final class Mailbox {
  static final int LIMIT = 1_024;
  static final long LIMIT_BYTES = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Mail> mails = new ArrayDeque<>();
  private long bytes;
  private boolean overflowed;
  private boolean ended;

  /** Never blocks; false when the box has run over, now or before. */
  boolean offer(Mail mail) {
    lock.lock();
    try {
      if (overflowed) {
        return false;
      }
      long size = mail instanceof Mail.Events events ? events.frame().length : 0;
      if (mails.size() >= LIMIT || bytes + size > LIMIT_BYTES) {
        overflowed = true;
        mails.clear();
        bytes = 0;
      } else {
        mails.add(mail);
        bytes += size;
      }
      arrived.signal();
      return !overflowed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the stream end after what it is just writing, whatever else waits. */
  void end() {
    lock.lock();
    try {
      ended = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next mail, waiting for it at most so long; null when none came. */
  @Nullable Mail poll(long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (mails.isEmpty() && !overflowed && !ended && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (ended) {
        return new Mail.End();
      }
      Mail mail = mails.poll();
      if (mail instanceof Mail.Events events) {
        bytes -= events.frame().length;
      }
      return mail;
    } finally {
      lock.unlock();
    }
  }

  boolean overflowed() {
    lock.lock();
    try {
      return overflowed;
    } finally {
      lock.unlock();
    }
  }
}

package dev.tidemark.server.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of one listener: of each job it keeps the latest state only, so that it is bounded by
 * the jobs that change while the listener is busy. Past {@link #LIMIT} of them it ends; the
 * listener reads the list again and opens another.
 */
public final class JobListener implements AutoCloseable {
  static final int LIMIT = 2_000;

  /**
   * What has happened since the last time.
   *
   * @param workers some worker has become busy or idle
   * @param jobs changed jobs as they stand, the longest unchanged one first
   * @param ended nothing more will come
   */
  public record News(boolean workers, List<Job> jobs, boolean ended) {
    public News {
      jobs = List.copyOf(jobs);
    }

    /** Whether the wait was in vain. */
    public boolean isEmpty() {
      return !workers && jobs.isEmpty() && !ended;
    }
  }

  private final JobFeed feed;
  private final @Nullable String wanted;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<String, Job> latest = new LinkedHashMap<>();
  private boolean workers;
  private boolean ended;

  JobListener(JobFeed feed, @Nullable String wanted) {
    this.feed = feed;
    this.wanted = wanted;
  }

  void offer(Job job) {
    if (wanted != null && !wanted.equals(job.id())) {
      return;
    }
    lock.lock();
    try {
      latest.remove(job.id());
      latest.put(job.id(), job);
      if (latest.size() > LIMIT) {
        latest.clear();
        ended = true;
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Makes the next {@link #take} tell of the workers. */
  public void offerWorkers() {
    if (wanted != null) {
      return;
    }
    lock.lock();
    try {
      workers = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the listener end after what waits already. Callable from any thread. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What has come, waiting for it at most so long. */
  public News take(long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (latest.isEmpty() && !workers && !ended && left > 0) {
        left = arrived.awaitNanos(left);
      }
      News news = new News(workers, new ArrayList<>(latest.values()), ended);
      latest.clear();
      workers = false;
      return news;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    feed.forget(this);
  }
}

package dev.tidemark.server.jobs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of each committed change of a job and of workers that became busy or idle.
 *
 * <ol>
 *   <li>A listener sees the states of one job in commit order and its latest one in the end; states
 *       between may be left out when it is slow.
 *   <li>A listener never delays the writer or another listener.
 * </ol>
 */
public final class JobFeed implements AutoCloseable {
  /** Most listeners at a time: pages of administrators. */
  static final int LISTENERS = 100;

  private final Set<JobListener> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public JobFeed(JobQueue queue) {
    queue.onChange(this::tell);
  }

  private void tell(Job job) {
    listeners.forEach(listener -> listener.offer(job));
  }

  /** Some worker has become busy or idle. Quick; callable from any thread. */
  public void workersChanged() {
    listeners.forEach(JobListener::offerWorkers);
  }

  /**
   * A new listener; null when there are too many or the server stops. Close it in the end.
   *
   * @param job id of the only job it wants to hear of, or null for all jobs and the workers
   */
  public @Nullable JobListener listen(@Nullable String job) {
    synchronized (listeners) {
      if (closed || listeners.size() >= LISTENERS) {
        return null;
      }
      JobListener listener = new JobListener(this, job);
      listeners.add(listener);
      return listener;
    }
  }

  void forget(JobListener listener) {
    listeners.remove(listener);
  }

  /** Listeners at this moment. */
  public int listeners() {
    return listeners.size();
  }

  /** Whether it takes no listeners any more. */
  public boolean isClosed() {
    synchronized (listeners) {
      return closed;
    }
  }

  /** Ends all listeners. */
  @Override
  public void close() {
    synchronized (listeners) {
      closed = true;
    }
    listeners.forEach(JobListener::end);
  }
}

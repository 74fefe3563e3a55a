package dev.tidemark.server.jobs;

import dev.tidemark.server.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few platform threads that take jobs from the queue and run them, and one for housekeeping: it
 * writes what the running tasks report and renews their leases, all in one short transaction, at
 * most every 250 ms and not at all while nothing runs. Nobody polls: idle workers wait to be told
 * of a job.
 *
 * <p>A task that fails, whatever it throws, fails its own job only. While the end of a job cannot
 * be written, because the disk is full, its worker holds on to it and tries again.
 */
public final class JobWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);
  private static final Duration REPORTING = Duration.ofMillis(250);
  private static final Duration RENEWING = JobQueue.LEASE.dividedBy(3);
  private static final Duration RETRYING = Duration.ofSeconds(1);

  /** How long a task may take to its next checkpoint before its thread is interrupted. */
  private static final Duration GRACE = Duration.ofMillis(1_500);

  private static final Duration INTERRUPTED_GRACE = Duration.ofSeconds(1);

  /** A worker's thread and what it works on. */
  private static final class Worker {
    final int index;
    volatile @Nullable RunningJob current;

    Worker(int index) {
      this.index = index;
    }
  }

  private final JobQueue queue;
  private final JobTask task;
  private final Runnable onWorkersChanged;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Thread housekeeping;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;
  private volatile boolean stopping;

  /**
   * Takes back the jobs of a process that died and starts working.
   *
   * @param onWorkersChanged told when a worker has become busy or idle; must be quick
   */
  public JobWorkers(JobQueue queue, JobTask task, int workers, Runnable onWorkersChanged) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers=" + workers);
    }
    this.queue = queue;
    this.task = task;
    this.onWorkersChanged = onWorkersChanged;
    for (int index = 0; index < workers; index++) {
      Worker worker = new Worker(index);
      this.workers.add(worker);
      threads.add(
          Thread.ofPlatform().name("index-" + index).daemon().unstarted(() -> loop(worker)));
    }
    this.housekeeping = Thread.ofPlatform().name("index-reports").daemon().unstarted(this::keep);
    queue.onChange(this::hear);
    try {
      queue.recover();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the workers had started", e);
    }
    threads.forEach(Thread::start);
    housekeeping.start();
  }

  /** What each worker does, by its index. */
  public List<WorkerStatus> statuses() {
    return workers.stream()
        .map(worker -> {
          RunningJob running = worker.current;
          return new WorkerStatus(
              WorkerStatus.Kind.INDEX,
              running != null,
              running == null ? null : running.claim().job());
        })
        .toList();
  }

  /** On the writer thread. */
  private void hear(Job job) {
    if (job.state() != JobState.RUNNING) {
      for (Worker worker : workers) {
        RunningJob running = worker.current;
        if (running != null && running.claim().job().id().equals(job.id())) {
          running.stop("the job is " + job.state().text());
        }
      }
    }
    if (job.state() == JobState.QUEUED) {
      wake();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something has changed since {@code seen}, or so long. */
  private void await(long seen, Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (changes == seen && !stopping && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      return; // only close() interrupts, and the caller looks at that
    } finally {
      lock.unlock();
    }
  }

  private void loop(Worker worker) {
    boolean failing = false;
    while (!stopping) {
      long seen = changes();
      try {
        Claim claim = queue.claim(worker.index);
        failing = false;
        if (claim == null) {
          await(seen, Duration.ofDays(1));
        } else {
          work(worker, claim);
        }
      } catch (RuntimeException e) { // whatever it was, the others' jobs wait for this worker
        if (!failing && !stopping) {
          LOG.warn("No job can be taken, trying again until one can: {}", causeOf(e));
        }
        failing = true;
        await(seen, RETRYING);
      } catch (InterruptedException e) {
        return; // close() gave up waiting
      }
    }
  }

  private void work(Worker worker, Claim claim) {
    RunningJob running = new RunningJob(claim, System.nanoTime());
    worker.current = running;
    if (stopping) {
      running.stop("the server is stopping");
    }
    wake(); // housekeeping begins
    onWorkersChanged.run();
    try {
      End end = run(running);
      report(running, end);
      if (end instanceof End.Stopped && !running.isStopped()) {
        await(changes(), RETRYING); // the task's own wish: not at once again
      }
    } finally {
      worker.current = null;
      queue.release(claim);
      wake(); // this version may be free for another job
      onWorkersChanged.run();
    }
  }

  /** How a run ended. */
  private sealed interface End {
    record Completed() implements End {}

    record Failed(String error) implements End {}

    /** Paused, cancelled, or the server stops: back to the queue unless it is elsewhere already. */
    record Stopped() implements End {}
  }

  private End run(RunningJob running) {
    try {
      if (!queue.holds(running.claim())) {
        return new End.Stopped(); // lost before anybody could tell this thread
      }
    } catch (DatabaseException e) {
      return new End.Stopped(); // too many readers: no fault of the job, which is tried again
    }
    try {
      task.run(running.claim().job(), running);
      return new End.Completed();
    } catch (JobStopped | InterruptedException e) {
      return new End.Stopped();
    } catch (JobFailed e) {
      return new End.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      if (stopping) {
        return new End.Stopped(); // a broken channel or a closed database, because of the stop
      }
      Job job = running.claim().job();
      LOG.error("Job {} ({} {}) failed", job.id(), job.library(), job.version(), e);
      return new End.Failed(
          e instanceof DatabaseException
              ? String.valueOf(e.getMessage())
              : "The server made a mistake; it is logged (" + e + ").");
    }
  }

  /** Makes the end durable, trying for as long as the server runs. */
  private void report(RunningJob running, End end) {
    boolean failing = false;
    while (true) {
      boolean interrupted = Thread.interrupted(); // it was for the task
      try {
        switch (end) {
          case End.Completed completed -> queue.complete(running.claim(), running.latest());
          case End.Failed failed -> queue.fail(running.claim(), failed.error(), running.latest());
          case End.Stopped stopped -> queue.giveBack(running.claim());
        }
        return;
      } catch (RuntimeException e) {
        if (stopping) {
          return; // found running at the next start, and taken back then
        }
        if (!failing) {
          LOG.warn("The end of a job cannot be written yet: {}", causeOf(e));
        }
        failing = true;
        await(changes(), RETRYING);
      } catch (InterruptedException e) {
        if (interrupted) {
          return; // close() is out of patience
        }
      }
    }
  }

  private static String causeOf(RuntimeException e) {
    return String.valueOf(e.getCause() == null ? e : e.getCause());
  }

  private void keep() {
    while (!stopping) {
      long seen = changes();
      List<JobQueue.Report> reports = new ArrayList<>();
      boolean busy = false;
      for (Worker worker : workers) {
        RunningJob running = worker.current;
        if (running != null) {
          busy = true;
          JobQueue.Report due = running.due(System.nanoTime(), RENEWING.toNanos());
          if (due != null) {
            reports.add(due);
          }
        }
      }
      try {
        if (!reports.isEmpty()) {
          queue.report(reports).forEach(this::lost);
        }
      } catch (RuntimeException e) {
        LOG.debug("Progress cannot be written: {}", causeOf(e)); // workers tell of it
      } catch (InterruptedException e) {
        return; // close()
      }
      if (busy) {
        pause();
      } else {
        await(seen, Duration.ofDays(1));
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(REPORTING.toNanos());
    } catch (InterruptedException e) {
      return; // close(): the loop looks at that
    }
  }

  private void lost(Claim claim) {
    for (Worker worker : workers) {
      RunningJob running = worker.current;
      if (running != null && running.claim().equals(claim)) {
        running.stop("the job is somebody else's now");
      }
    }
  }

  /** Tells the tasks to end at their next checkpoint; {@link #close} waits for that. */
  public void stop() {
    stopping = true;
    for (Worker worker : workers) {
      RunningJob running = worker.current;
      if (running != null) {
        running.stop("the server is stopping");
      }
    }
    housekeeping.interrupt();
    wake();
  }

  /** Stops within three seconds; jobs under way go back to the queue. */
  @Override
  public void close() {
    stop();
    try {
      join(GRACE);
      threads.forEach(Thread::interrupt);
      join(INTERRUPTED_GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void join(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left > 0) {
        thread.join(left);
      }
    }
  }
}

package dev.tidemark.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers on a real queue, with tasks that misbehave. */
@Timeout(60)
class JobWorkersTest {
  @TempDir Path data;
  private Storage storage;
  private JobQueue queue;
  private final BlockingQueue<Job> changes = new LinkedBlockingQueue<>();
  private final List<Job> heard = new ArrayList<>();

  @BeforeEach
  void open() {
    storage = new Storage(DataFolder.open(data), Clock.systemUTC());
    queue = storage.jobs();
    queue.onChange(changes::add);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private JobWorkers workers(int count, JobTask task) {
    return new JobWorkers(queue, task, count, () -> {});
  }

  /** Works until it is stopped. */
  private static void spin(JobControl control) throws JobStopped, InterruptedException {
    for (int i = 0; ; i++) {
      control.checkpoint();
      control.progress("working", 100, i % 100, 0, 0, 0);
    }
  }

  /** Waits until that job is heard of in that state, or has been. */
  private Job await(Job job, JobState state) throws InterruptedException {
    while (true) {
      for (Job changed : heard) {
        if (changed.id().equals(job.id()) && changed.state() == state) {
          return changed;
        }
      }
      heard.add(Objects.requireNonNull(changes.poll(30, TimeUnit.SECONDS), "nothing changes"));
    }
  }

  @Test
  void several_versions_of_one_library_run_at_once() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    JobTask task =
        (job, control) -> {
          try {
            together.await(30, TimeUnit.SECONDS);
          } catch (java.util.concurrent.BrokenBarrierException
              | java.util.concurrent.TimeoutException e) {
            throw new JobFailed("The others did not come.", e);
          }
        };
    try (JobWorkers _ = workers(3, task)) {
      for (Job job : queue.enqueueAll("react", List.of("v1", "v2", "v3"))) {
        await(job, JobState.DONE);
      }
    }
  }

  @Test
  void a_version_is_never_worked_on_twice_at_once_whatever_people_do() throws Exception {
    Set<String> underWay = Collections.synchronizedSet(new HashSet<>());
    AtomicInteger runs = new AtomicInteger();
    List<String> broken = Collections.synchronizedList(new ArrayList<>());
    JobTask task =
        (job, control) -> {
          if (!underWay.add(job.version())) {
            broken.add(job.version());
          }
          runs.incrementAndGet();
          try {
            for (int i = 0; i < 20; i++) {
              control.checkpoint();
              control.progress("working", 20, i, 0, i, 0);
              Thread.onSpinWait();
            }
          } finally {
            underWay.remove(job.version());
          }
        };
    try (JobWorkers _ = workers(4, task)) {
      for (int round = 0; round < 60; round++) {
        Job job = queue.enqueue("react", "v" + round % 2);
        queue.pause(job.id());
        queue.resume(job.id());
        if (round % 3 == 0) {
          queue.cancel(job.id());
        }
      }
      for (int i = 0; i < 2; i++) {
        Job last = queue.enqueue("react", "v" + i);
        while (!Objects.requireNonNull(queue.find(last.id())).state().isFinished()) {
          changes.poll(100, TimeUnit.MILLISECONDS);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(runs.get() >= 2);
  }

  @Test
  void a_failing_task_fails_its_own_job_with_its_message_and_no_other() throws Exception {
    JobTask task =
        (job, control) -> {
          switch (job.version()) {
            case "bad" -> throw new JobFailed("The tag is gone.");
            case "bug" -> throw new IllegalStateException("expected 1, given 2");
            case "worse" -> throw new StackOverflowError();
            default -> control.progress("storing", 2, 2, 0, 7, 7);
          }
        };
    try (JobWorkers _ = workers(1, task)) {
      List<Job> jobs = queue.enqueueAll("react", List.of("bad", "bug", "worse", "good"));
      assertEquals("The tag is gone.", await(jobs.get(0), JobState.FAILED).error());
      String bug = String.valueOf(await(jobs.get(1), JobState.FAILED).error());
      assertTrue(bug.contains("expected 1, given 2"), bug);
      await(jobs.get(2), JobState.FAILED);
      assertEquals(7, await(jobs.get(3), JobState.DONE).snippetsReused());
    }
  }

  private void write(String sql) {
    storage
        .writer()
        .submit(
            0,
            transaction -> {
              transaction.prepare(sql).execute();
              return new Verdict.Keep<>(true);
            })
        .join();
  }

  @Test
  void workers_outlive_rows_that_cannot_be_written_and_go_on_when_they_can() throws Exception {
    write(
        "create trigger refuse before update on job when new.state in ('running', 'done')"
            + " begin insert into refused values (1); select raise(abort, 'not now'); end");
    write("create table refused (number integer)");
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    JobTask task =
        (job, control) -> {
          runs.incrementAndGet();
          control.progress("working", 2, 1, 0, 0, 0);
          begun.countDown();
          mayEnd.await();
        };
    try (JobWorkers _ = workers(1, task)) {
      Job job = queue.enqueue("react", "v1");
      awaitThreadState("index-0", Thread.State.TIMED_WAITING);
      write("drop trigger refuse");
      begun.await();
      write(
          "create trigger refuse before update on job when new.state = 'done'"
              + " begin select raise(abort, 'not now'); end");
      mayEnd.countDown();
      awaitThreadState("index-0", Thread.State.TIMED_WAITING);
      write("drop trigger refuse");
      await(job, JobState.DONE);
      assertEquals(1, runs.get());
    }
  }

  /** Waits until a thread waits for its next try; fails when it is gone. */
  private static void awaitThreadState(String name, Thread.State state) {
    while (true) {
      Thread thread =
          Thread.getAllStackTraces().keySet().stream()
              .filter(other -> other.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError("the worker's thread has died"));
      if (thread.getState() == state) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void pausing_stops_a_task_at_its_next_checkpoint_and_resuming_runs_it_again() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    JobTask task =
        (job, control) -> {
          begun.countDown();
          boolean first = runs.incrementAndGet() == 1;
          if (first) {
            spin(control);
          }
        };
    try (JobWorkers _ = workers(2, task)) {
      Job job = queue.enqueue("react", "v1");
      begun.await();
      queue.pause(job.id());
      Job paused = await(job, JobState.PAUSED);
      assertNull(paused.worker());
      queue.resume(job.id());
      await(job, JobState.DONE);
      assertEquals(2, runs.get());
    }
  }

  @Test
  void progress_is_told_at_most_every_quarter_of_a_second() throws Exception {
    JobTask task =
        (job, control) -> {
          long end = System.nanoTime() + 900_000_000L;
          for (long i = 0; System.nanoTime() < end; i++) {
            control.progress("working", 1_000_000_000, i, 0, 0, 0);
            Thread.onSpinWait();
          }
        };
    try (JobWorkers _ = workers(1, task)) {
      Job job = queue.enqueue("react", "v1");
      await(job, JobState.RUNNING);
      int told = 0;
      for (Job next = changes.take(); next.state() == JobState.RUNNING; next = changes.take()) {
        told++;
      }
      assertTrue(told >= 1 && told <= 5, told + " reports in 0.9 s");
    }
  }

  @Test
  void closing_stops_stubborn_tasks_in_time_and_returns_their_jobs() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    JobTask task =
        (job, control) -> {
          begun.countDown();
          if (job.version().equals("deaf")) {
            Thread.sleep(600_000); // only an interrupt ends it
          }
          spin(control);
        };
    long start;
    List<Job> jobs;
    try (JobWorkers workers = workers(2, task)) {
      jobs = queue.enqueueAll("react", List.of("deaf", "kind"));
      begun.await();
      assertEquals(2, workers.statuses().stream().filter(WorkerStatus::running).count());
      start = System.nanoTime();
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis < 3_000, millis + " ms");
    for (Job job : jobs) {
      Job left = Objects.requireNonNull(queue.find(job.id()));
      assertEquals(JobState.QUEUED, left.state());
      assertEquals(0, left.attempts());
    }
  }

  @Test
  void a_worker_that_becomes_busy_or_idle_says_so() throws Exception {
    AtomicInteger told = new AtomicInteger();
    CountDownLatch idleAgain = new CountDownLatch(2);
    try (JobWorkers workers =
        new JobWorkers(
            queue,
            (job, control) -> {},
            2,
            () -> {
              told.incrementAndGet();
              idleAgain.countDown();
            })) {
      queue.enqueue("react", "v1");
      idleAgain.await();
      assertEquals(2, workers.statuses().size());
      assertEquals(2, told.get());
    }
  }

  @Test
  void a_listener_gets_the_latest_state_of_each_job_and_ends_when_it_falls_behind()
      throws Exception {
    try (JobFeed feed = new JobFeed(queue)) {
      JobListener listener = Objects.requireNonNull(feed.listen(null));
      Job job = queue.enqueue("react", "v1");
      Job other = queue.enqueue("react", "v2");
      JobListener single = Objects.requireNonNull(feed.listen(job.id()));
      queue.pause(job.id());
      queue.cancel(other.id());
      queue.resume(job.id());
      feed.workersChanged();
      JobListener.News news = listener.take(0);
      assertTrue(news.workers());
      assertEquals(
          List.of(JobState.CANCELLED, JobState.QUEUED),
          news.jobs().stream().map(Job::state).toList());
      assertEquals(1, single.take(0).jobs().size());
      assertTrue(listener.take(1).isEmpty());
      queue.enqueueAll(
          "many", IntStream.rangeClosed(0, JobListener.LIMIT).mapToObj(i -> "v" + i).toList());
      assertTrue(listener.take(0).ended());
      listener.close();
      assertEquals(1, feed.listeners());
    }
  }
}

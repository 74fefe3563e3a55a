package dev.tidemark.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.storage.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue's promises, on a real file. */
class JobQueueTest {
  private static final JobProgress DONE = new JobProgress("storing", 3, 3, 1, 9, 4);

  @TempDir Path data;
  private Storage storage;
  private final AtomicLong now = new AtomicLong(1_000_000);
  private JobQueue queue;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(now.get());
        }
      };

  @BeforeEach
  void open() {
    storage = new Storage(DataFolder.open(data), clock);
    queue = storage.jobs();
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private Claim claim(int worker) throws InterruptedException {
    return Objects.requireNonNull(queue.claim(worker), "no job waits");
  }

  private Job find(Job job) {
    return Objects.requireNonNull(queue.find(job.id()));
  }

  @Test
  void asking_twice_for_a_version_gives_the_same_unfinished_job() throws Exception {
    Job first = queue.enqueue("react", "v1");
    assertEquals(first, queue.enqueue("react", "v1"));
    assertNotEquals(first.id(), queue.enqueue("react", "v2").id());
    Claim claim = claim(0);
    assertEquals(first.id(), queue.enqueue("react", "v1").id());
    queue.complete(claim, DONE);
    queue.release(claim);
    assertNotEquals(first.id(), queue.enqueue("react", "v1").id());
  }

  @Test
  void many_who_ask_at_once_get_one_job() throws Exception {
    List<Callable<Job>> calls =
        IntStream.range(0, 32)
            .<Callable<Job>>mapToObj(i -> () -> queue.enqueue("react", "v" + i % 2))
            .toList();
    Set<String> ids = new HashSet<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Job> job : callers.invokeAll(calls)) {
        ids.add(job.get().id());
      }
    }
    assertEquals(2, ids.size());
    assertEquals(2, queue.page("", Set.of(), 1, 50).total());
  }

  @Test
  void libraries_take_turns_and_within_one_the_oldest_goes_first() throws Exception {
    queue.enqueueAll("large", List.of("v1", "v2", "v3"));
    queue.enqueueAll("small", List.of("w1", "w2"));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Claim claim = claim(0);
      order.add(claim.job().version());
      queue.complete(claim, DONE);
      queue.release(claim);
    }
    assertEquals(List.of("v1", "w1", "v2", "w2", "v3"), order);
    assertNull(queue.claim(0));
  }

  @Test
  void two_workers_get_two_libraries_before_one_library_gets_both() throws Exception {
    queue.enqueueAll("large", List.of("v1", "v2"));
    queue.enqueue("small", "w1");
    assertEquals("v1", claim(0).job().version());
    assertEquals("w1", claim(1).job().version());
    assertEquals("v2", claim(2).job().version());
  }

  @Test
  void a_version_is_not_given_out_while_a_worker_is_still_at_it() throws Exception {
    queue.enqueue("react", "v1");
    Claim old = claim(0);
    queue.cancel(old.job().id());
    Job again = queue.enqueue("react", "v1");
    assertNotEquals(old.job().id(), again.id());
    assertNull(queue.claim(1));
    queue.enqueue("react", "v2");
    assertEquals("v2", claim(1).job().version());
    queue.release(old);
    assertEquals(again.id(), claim(2).job().id());
  }

  @Test
  void concurrent_workers_never_hold_one_job() throws Exception {
    List<String> versions = IntStream.range(0, 200).mapToObj(i -> "v" + i).toList();
    queue.enqueueAll("react", versions);
    Set<String> taken = new HashSet<>();
    List<Callable<List<String>>> workers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      int worker = w;
      workers.add(() -> {
        List<String> own = new ArrayList<>();
        for (Claim claim = queue.claim(worker); claim != null; claim = queue.claim(worker)) {
          own.add(claim.job().version());
          queue.complete(claim, DONE);
          queue.release(claim);
        }
        return own;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<List<String>> own : threads.invokeAll(workers)) {
        for (String version : own.get()) {
          assertTrue(taken.add(version), version + " was taken twice");
        }
      }
    }
    assertEquals(Set.copyOf(versions), taken);
  }

  @Test
  void a_paused_job_waits_until_it_is_resumed_and_its_old_holder_counts_no_more() throws Exception {
    Job job = queue.enqueue("react", "v1");
    Claim old = claim(0);
    assertTrue(queue.holds(old));
    assertState(JobState.PAUSED, queue.pause(job.id()));
    assertFalse(queue.holds(old));
    assertEquals(List.of(old), queue.report(List.of(new JobQueue.Report(old, DONE))));
    queue.complete(old, DONE);
    assertEquals(JobState.PAUSED, find(job).state());
    queue.release(old);
    assertNull(queue.claim(0));
    assertState(JobState.QUEUED, queue.resume(job.id()));
    Claim next = claim(1);
    queue.complete(old, DONE);
    assertEquals(JobState.RUNNING, find(job).state());
    queue.complete(next, DONE);
    assertEquals(JobState.DONE, find(job).state());
    assertEquals(100, find(job).progress());
    assertInstanceOf(JobChange.Refused.class, queue.cancel(job.id()));
    assertInstanceOf(JobChange.Missing.class, queue.cancel("nothing"));
  }

  private static void assertState(JobState expected, JobChange change) {
    assertEquals(expected, assertInstanceOf(JobChange.Accepted.class, change).job().state());
  }

  @Test
  void a_lease_that_is_renewed_lasts_and_one_that_is_over_frees_the_job() throws Exception {
    Job job = queue.enqueue("react", "v1");
    Claim first = claim(0);
    now.addAndGet(JobQueue.LEASE.toMillis() - 1);
    assertEquals(List.of(), queue.report(List.of(new JobQueue.Report(first, null))));
    now.addAndGet(JobQueue.LEASE.toMillis() - 1);
    assertNull(queue.claim(1));
    queue.release(first); // as if its process had died
    now.addAndGet(2);
    Claim second = claim(1);
    assertEquals(job.id(), second.job().id());
    assertEquals(2, second.job().attempts());
    assertEquals(List.of(first), queue.report(List.of(new JobQueue.Report(first, null))));
  }

  @Test
  void a_clock_that_jumps_takes_no_job_from_a_worker_that_is_at_it() throws Exception {
    Job job = queue.enqueue("react", "v1");
    Claim held = claim(0);
    now.addAndGet(Duration.ofHours(8).toMillis()); // the machine slept
    assertNull(queue.claim(1));
    assertEquals(JobState.RUNNING, find(job).state());
    queue.complete(held, DONE);
    assertEquals(JobState.DONE, find(job).state());
  }

  @Test
  void cancelling_a_library_of_many_jobs_takes_short_transactions() throws Exception {
    queue.enqueueAll("react", IntStream.range(0, 250).mapToObj(i -> "v" + i).toList());
    long before = storage.writer().works();
    assertTrue(queue.cancelAllOf("react", Duration.ZERO));
    long works = storage.writer().works() - before;
    assertTrue(works >= 3, works + " works");
    assertEquals(250, queue.page("react", EnumSet.of(JobState.CANCELLED), 1, 50).total());
  }

  @Test
  void after_a_restart_running_jobs_are_queued_again_and_the_rest_stays() throws Exception {
    Job running = queue.enqueue("react", "v1");
    Job paused = queue.enqueue("react", "v2");
    Job queued = queue.enqueue("react", "v3");
    queue.pause(paused.id());
    claim(0);
    storage.close();
    open();
    queue.recover();
    assertEquals(JobState.QUEUED, find(running).state());
    assertEquals(1, find(running).attempts());
    assertEquals(JobState.PAUSED, find(paused).state());
    assertEquals(JobState.QUEUED, find(queued).state());
  }

  @Test
  void pages_are_newest_first_and_filtered_by_prefix_and_states() throws Exception {
    queue.enqueueAll("react", List.of("v1", "v2", "v3"));
    queue.enqueue("react-native", "v1");
    queue.enqueue("vue", "v1");
    Claim claim = claim(0);
    queue.fail(claim, "It broke.", null);
    assertEquals(List.of("v1", "v1"), versions(queue.page("", Set.of(), 1, 2)));
    assertEquals(List.of("v3", "v2"), versions(queue.page("", Set.of(), 2, 2)));
    assertEquals(5, queue.page("", Set.of(), 2, 2).total());
    assertEquals(List.of(), versions(queue.page("", Set.of(), 4, 2)));
    assertEquals(4, queue.page("react", Set.of(), 1, 50).total());
    assertEquals(1, queue.page("react-", Set.of(), 1, 50).total());
    for (String wild : List.of("%", "_eact", "re%", "r*", "x'; drop table job; --")) {
      assertEquals(0, queue.page(wild, Set.of(), 1, 50).total(), wild);
    }
    assertEquals(List.of("v1"), versions(queue.page("react", EnumSet.of(JobState.FAILED), 1, 50)));
    assertEquals(3, queue.page("react", EnumSet.of(JobState.QUEUED, JobState.DONE), 1, 50).total());
    assertEquals(4, queue.counts().get(JobState.QUEUED));
    assertEquals(0, queue.counts().get(JobState.PAUSED));
  }

  private static List<String> versions(JobPage page) {
    return page.jobs().stream().map(Job::version).toList();
  }

  @Test
  void cancelling_a_library_waits_for_whoever_is_at_it() throws Exception {
    queue.enqueueAll("react", List.of("v1", "v2"));
    queue.enqueue("vue", "v1");
    Claim claim = claim(0);
    assertFalse(queue.cancelAllOf("react", Duration.ofMillis(1)));
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> quiet =
          other.submit(() -> queue.cancelAllOf("react", Duration.ofSeconds(30)));
      queue.release(claim);
      assertTrue(quiet.get());
    }
    assertEquals(2, queue.page("react", EnumSet.of(JobState.CANCELLED), 1, 50).total());
    assertEquals(1, queue.page("vue", EnumSet.of(JobState.QUEUED), 1, 50).total());
  }

  @Test
  void listeners_hear_of_each_change_in_commit_order() throws Exception {
    List<JobState> heard = new ArrayList<>();
    queue.onChange(changed -> heard.add(changed.state()));
    Job job = queue.enqueue("react", "v1");
    queue.pause(job.id());
    queue.resume(job.id());
    queue.resume(job.id());
    Claim claim = claim(0);
    queue.report(List.of(new JobQueue.Report(claim, null)));
    queue.report(List.of(new JobQueue.Report(claim, DONE)));
    queue.fail(claim, "It broke.", null);
    assertEquals(
        List.of(
            JobState.QUEUED,
            JobState.PAUSED,
            JobState.QUEUED,
            JobState.RUNNING,
            JobState.RUNNING,
            JobState.FAILED),
        heard);
    assertEquals("It broke.", find(job).error());
    assertNotNull(find(job).finishedAt());
  }

  private List<String> plan(String sql) {
    return storage
        .readers()
        .read(reader -> {
          List<String> steps = new ArrayList<>();
          try (var row = reader.prepare("explain query plan " + sql).executeQuery()) {
            while (row.next()) {
              steps.add(row.getString("detail"));
            }
          }
          return steps;
        });
  }

  private void assertPlan(String sql, String... steps) {
    String plan = String.join("\n", plan(sql));
    for (String step : steps) {
      assertTrue(plan.contains(step), sql + "\n" + plan);
    }
    assertFalse(plan.contains("SCAN job\n") || plan.endsWith("SCAN job"), sql + "\n" + plan);
  }

  @Test
  void pages_and_claims_come_from_indexes() {
    String rows = "SEARCH job USING INTEGER PRIMARY KEY (rowid=?)";
    Set<JobState> two = EnumSet.of(JobState.QUEUED, JobState.FAILED);
    assertPlan(JobRows.page(false, two), rows, "COVERING INDEX job_by_state (state=?)");
    assertPlan(
        JobRows.page(true, Set.of()),
        rows,
        "COVERING INDEX job_by_library (library>? AND library<?)");
    assertPlan(
        JobRows.page(true, two),
        rows,
        "COVERING INDEX job_by_state (state=? AND library>? AND library<?)");
    assertPlan(JobRows.total(true, two), "COVERING INDEX job_by_state");
    assertPlan(JobRows.WAITING_BY_LIBRARY, "COVERING INDEX job_by_state (state=?)");
    assertPlan(JobRows.RUNNING_BY_LIBRARY, "COVERING INDEX job_by_state (state=?)");
    assertPlan(JobRows.WAITING_OF_LIBRARY, "INDEX job_by_state (state=? AND library=?)");
    assertPlan(JobRows.RUNNING, "INDEX job_by_state (state=?)");
    assertPlan(JobRows.UNFINISHED, "INDEX job_unfinished (library=? AND version=?)");
    assertPlan(JobRows.BY_ID, "(id=?)");
    assertPlan(JobRows.FORGET, rows);
    List<@Nullable String> unfiltered = new ArrayList<>(plan(JobRows.page(false, Set.of())));
    assertTrue(unfiltered.contains(rows), unfiltered.toString());
  }
}

package dev.tidemark.server.jobs;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.jobs.JobMachine.Input;
import dev.tidemark.server.jobs.JobMachine.Step;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The durable queue. Each change is one transaction on the writer, decided by {@link JobMachine},
 * and durable when the call returns.
 *
 * <ol>
 *   <li>At most one unfinished job is there for a version of a library, however many ask at once.
 *   <li>No two workers work on one version at a time, also not while the one that lost it winds up.
 *   <li>A worker's report counts only while it holds the job: see the claim numbers in {@link
 *       JobMachine}.
 *   <li>Libraries take turns: the next job is of the library with the fewest running jobs, then of
 *       the one that has waited longest for its turn; within a library the oldest goes first.
 *   <li>Listeners hear of every change, in commit order.
 * </ol>
 *
 * <p>Thread-safe. What people ask for goes the writer's fast way, what workers report its
 * background lane.
 */
public final class JobQueue {
  /** A holder that is not heard of for so long, and is not in this process, has lost its job. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** Finished jobs older than the newest so many are forgotten. */
  static final int KEPT = 10_000;

  private static final int BATCH = 100;
  private static final int WORK_BYTES = 200;

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final Clock clock;
  private final Turns turns = new Turns();
  private final List<Consumer<Job>> listeners = new CopyOnWriteArrayList<>();

  public JobQueue(GroupWriter writer, ReaderPool readers, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  /** Who hears, on the writer thread, of each committed change. Must be quick. */
  public void onChange(Consumer<Job> listener) {
    listeners.add(listener);
  }

  /** The unfinished job of that version: a new one, or the one that is there already. */
  public Job enqueue(String library, String version) {
    return enqueueAll(library, List.of(version)).getFirst();
  }

  /** Like {@link #enqueue} for each version, in their order. */
  public List<Job> enqueueAll(String library, List<String> versions) {
    List<Job> jobs = new ArrayList<>(versions.size());
    for (int from = 0; from < versions.size(); from += BATCH) {
      List<String> some = versions.subList(from, Math.min(versions.size(), from + BATCH));
      jobs.addAll(
          now(
              some.size(),
              transaction -> {
                List<Job> batch = new ArrayList<>(some.size());
                for (String version : some) {
                  batch.add(ensure(transaction, library, version));
                }
                PreparedStatement forget = transaction.prepare(JobRows.FORGET);
                forget.setInt(1, KEPT);
                forget.executeUpdate();
                return new Verdict.Keep<>(batch);
              }));
    }
    return jobs;
  }

  private Job ensure(WriteTransaction transaction, String library, String version)
      throws SQLException {
    JobRow there = JobRows.unfinished(transaction, library, version);
    if (there != null) {
      return there.job();
    }
    Job job = JobRows.insert(transaction, JobIds.next(), library, version, clock.millis());
    transaction.afterCommit(() -> tell(job));
    return job;
  }

  /**
   * One page of the jobs, newest first.
   *
   * @param libraryPrefix what the library's id begins with; empty for all
   * @param states empty for all
   * @param page counts from 1
   */
  public JobPage page(String libraryPrefix, Set<JobState> states, int page, int pageSize) {
    if (page < 1 || pageSize < 1) {
      throw new IllegalArgumentException("page=" + page + ", pageSize=" + pageSize);
    }
    long offset = (page - 1L) * pageSize;
    return readers.read(reader -> JobRows.page(reader, libraryPrefix, states, offset, pageSize));
  }

  public @Nullable Job find(String id) {
    JobRow row = readers.<@Nullable JobRow>read(reader -> JobRows.find(reader, id));
    return row == null ? null : row.job();
  }

  /**
   * Gives a listener the job as it stands, in its place among the changes; false when there is
   * none.
   */
  public boolean show(String id, JobListener listener) {
    return now(
        1,
        transaction -> {
          JobRow row = JobRows.find(transaction, id);
          if (row != null) {
            transaction.afterCommit(() -> listener.offer(row.job()));
          }
          return new Verdict.Keep<>(row != null);
        });
  }

  /** Those of the given jobs that there are, in the given order. */
  public List<Job> findAll(List<String> ids) {
    return readers.read(reader -> {
      List<Job> jobs = new ArrayList<>(ids.size());
      for (String id : ids) {
        JobRow row = JobRows.find(reader, id);
        if (row != null) {
          jobs.add(row.job());
        }
      }
      return jobs;
    });
  }

  /** How many jobs there are in each state; states without jobs count 0. */
  public Map<JobState, Long> counts() {
    Map<String, Long> found =
        readers.read(reader -> JobRows.longs(reader.prepare(JobRows.BY_STATE)));
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      counts.put(state, found.getOrDefault(state.text(), 0L));
    }
    return counts;
  }

  public JobChange pause(String id) {
    return change(id, new Input.Pause());
  }

  public JobChange resume(String id) {
    return change(id, new Input.Resume());
  }

  public JobChange cancel(String id) {
    return change(id, new Input.Cancel(clock.millis()));
  }

  private JobChange change(String id, Input input) {
    return now(
        1,
        transaction -> {
          JobRow row = JobRows.find(transaction, id);
          if (row == null) {
            return new Verdict.Keep<JobChange>(new JobChange.Missing());
          }
          return new Verdict.Keep<>(
              switch (JobMachine.next(row, input)) {
                case Step.Moved moved -> new JobChange.Accepted(store(transaction, moved.row()));
                case Step.Ignored ignored -> new JobChange.Accepted(row.job());
                case Step.Refused refused -> new JobChange.Refused(row.job(), refused.why());
              });
        });
  }

  /**
   * Cancels every unfinished job of a library and waits until no worker is at it any more.
   *
   * @return false when a worker was still at it after {@code patience}
   */
  public boolean cancelAllOf(String library, Duration patience) throws InterruptedException {
    boolean more = true;
    while (more) {
      more = now(BATCH, transaction -> new Verdict.Keep<>(cancelSome(transaction, library)));
    }
    return turns.awaitNobodyAt(library, patience);
  }

  /** Whether there may be more: thousands of jobs in one transaction would hold everybody up. */
  private boolean cancelSome(WriteTransaction transaction, String library) throws SQLException {
    PreparedStatement select = transaction.prepare(JobRows.UNFINISHED_OF_LIBRARY);
    select.setString(1, library);
    select.setInt(2, BATCH);
    List<JobRow> rows = JobRows.all(select);
    for (JobRow row : rows) {
      step(transaction, row, new Input.Cancel(clock.millis()));
    }
    return rows.size() == BATCH;
  }

  /**
   * Takes every running job from its holder: at the start of the process that owns the folder,
   * their holders are dead.
   */
  void recover() throws InterruptedException {
    writer.writeInBackground(transaction -> {
      List<JobRow> rows = JobRows.all(transaction.prepare(JobRows.RUNNING));
      for (JobRow row : rows) {
        step(transaction, row, new Input.LeaseOver(clock.millis()));
      }
      return new Verdict.Keep<>(rows.size());
    });
  }

  /** The next job for a worker, or null when none waits. {@link #release} it in the end. */
  @Nullable Claim claim(int worker) throws InterruptedException {
    return writer
        .writeInBackground(transaction -> new Verdict.Keep<>(new Offer(take(transaction, worker))))
        .claim();
  }

  private record Offer(@Nullable Claim claim) {}

  private @Nullable Claim take(WriteTransaction transaction, int worker) throws SQLException {
    long now = clock.millis();
    for (JobRow row : JobRows.all(transaction.prepare(JobRows.RUNNING))) {
      Long leaseUntil = row.leaseUntil();
      // Who is at it here lives, whatever the clock says after the machine has slept.
      if (leaseUntil != null && leaseUntil < now && turns.isFree(row.job())) {
        step(transaction, row, new Input.LeaseOver(now));
      }
    }
    Map<String, Long> oldest = JobRows.longs(transaction.prepare(JobRows.WAITING_BY_LIBRARY));
    Map<String, Long> running = JobRows.longs(transaction.prepare(JobRows.RUNNING_BY_LIBRARY));
    for (String library : turns.order(oldest, running)) {
      PreparedStatement select = transaction.prepare(JobRows.WAITING_OF_LIBRARY);
      select.setString(1, library);
      select.setInt(2, turns.limit());
      for (JobRow row : JobRows.all(select)) {
        Input input = new Input.Claim(worker, now, now + LEASE.toMillis());
        if (turns.isFree(row.job()) && JobMachine.next(row, input) instanceof Step.Moved moved) {
          Claim claim = new Claim(moved.row().job(), moved.row().claim());
          transaction.afterCommit(() -> turns.take(claim));
          store(transaction, moved.row());
          return claim;
        }
      }
    }
    return null;
  }

  /** Whether a claim still counts. */
  boolean holds(Claim claim) {
    JobRow row = readers.<@Nullable JobRow>read(reader -> JobRows.find(reader, claim.job().id()));
    return row != null && row.job().state() == JobState.RUNNING && row.claim() == claim.number();
  }

  /** The worker's thread has left the job, whatever became of it. */
  void release(Claim claim) {
    turns.release(claim);
  }

  /** What a holder reports. */
  record Report(Claim claim, @Nullable JobProgress progress) {}

  /** Renews the leases of some holders; the answer holds those claims that are lost. */
  List<Claim> report(List<Report> reports) throws InterruptedException {
    return writer.writeInBackground(transaction -> {
      List<Claim> lost = new ArrayList<>();
      long leaseUntil = clock.millis() + LEASE.toMillis();
      for (Report report : reports) {
        Claim claim = report.claim();
        Input input = new Input.Report(claim.number(), leaseUntil, report.progress());
        if (!stepHeld(transaction, claim, input, report.progress() != null)) {
          lost.add(claim);
        }
      }
      return new Verdict.Keep<>(lost);
    });
  }

  void complete(Claim claim, JobProgress progress) throws InterruptedException {
    end(claim, new Input.Complete(claim.number(), progress, clock.millis()));
  }

  void fail(Claim claim, String error, @Nullable JobProgress progress) throws InterruptedException {
    end(claim, new Input.Fail(claim.number(), error, progress, clock.millis()));
  }

  void giveBack(Claim claim) throws InterruptedException {
    end(claim, new Input.GiveBack(claim.number()));
  }

  private void end(Claim claim, Input input) throws InterruptedException {
    writer.writeInBackground(
        transaction -> new Verdict.Keep<>(stepHeld(transaction, claim, input, true)));
  }

  /** False when the claim is lost: nothing is written then. */
  private boolean stepHeld(WriteTransaction transaction, Claim claim, Input input, boolean telling)
      throws SQLException {
    JobRow row = JobRows.find(transaction, claim.job().id());
    if (row == null || !(JobMachine.next(row, input) instanceof Step.Moved moved)) {
      return false;
    }
    if (telling) {
      store(transaction, moved.row());
    } else {
      JobRows.update(transaction, moved.row());
    }
    return true;
  }

  private void step(WriteTransaction transaction, JobRow row, Input input) throws SQLException {
    if (JobMachine.next(row, input) instanceof Step.Moved moved) {
      store(transaction, moved.row());
    }
  }

  private Job store(WriteTransaction transaction, JobRow row) throws SQLException {
    JobRows.update(transaction, row);
    transaction.afterCommit(() -> tell(row.job()));
    return row.job();
  }

  private void tell(Job job) {
    listeners.forEach(listener -> listener.accept(job));
  }

  private <T> T now(int jobs, GroupWriter.Work<T> work) {
    try {
      return writer.submit(WORK_BYTES * jobs, work).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}

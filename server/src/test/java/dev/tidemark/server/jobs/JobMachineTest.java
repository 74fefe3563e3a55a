package dev.tidemark.server.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.jobs.JobMachine.Input;
import dev.tidemark.server.jobs.JobMachine.Step;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every state with every input, and long random walks. */
class JobMachineTest {
  private static final long HOLDER = 7;
  private static final JobProgress FURTHER = new JobProgress("splitting", 10, 5, 1, 40, 20);

  /** The table in the Javadoc of {@link JobMachine}; columns in the order of {@link JobState}. */
  private static final String TABLE =
      """
      claim      running   ignored   ignored ignored ignored ignored
      report     ignored   running   ignored ignored ignored ignored
      complete   ignored   done      ignored ignored ignored ignored
      fail       ignored   failed    ignored ignored ignored ignored
      giveback   ignored   queued    ignored ignored ignored ignored
      leaseover  ignored   queued    ignored ignored ignored ignored
      lastlease  ignored   failed    ignored ignored ignored ignored
      latereport ignored   ignored   ignored ignored ignored ignored
      latedone   ignored   ignored   ignored ignored ignored ignored
      latefail   ignored   ignored   ignored ignored ignored ignored
      lateback   ignored   ignored   ignored ignored ignored ignored
      pause      paused    paused    ignored refused refused refused
      resume     ignored   ignored   queued  refused refused refused
      cancel     cancelled cancelled cancelled refused refused ignored
      """;

  private static Input input(String name) {
    return switch (name) {
      case "claim" -> new Input.Claim(1, 100, 130);
      case "report" -> new Input.Report(HOLDER, 200, FURTHER);
      case "complete" -> new Input.Complete(HOLDER, FURTHER, 100);
      case "fail" -> new Input.Fail(HOLDER, "It broke.", FURTHER, 100);
      case "giveback" -> new Input.GiveBack(HOLDER);
      case "leaseover", "lastlease" -> new Input.LeaseOver(100);
      case "latereport" -> new Input.Report(HOLDER - 1, 200, FURTHER);
      case "latedone" -> new Input.Complete(HOLDER - 1, FURTHER, 100);
      case "latefail" -> new Input.Fail(HOLDER - 1, "It broke.", FURTHER, 100);
      case "lateback" -> new Input.GiveBack(HOLDER - 1);
      case "pause" -> new Input.Pause();
      case "resume" -> new Input.Resume();
      case "cancel" -> new Input.Cancel(100);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static JobRow row(JobState state, int attempts) {
    boolean running = state == JobState.RUNNING;
    Job job =
        new Job(
            "id",
            "library",
            "v1",
            state,
            "fetching",
            10,
            2,
            0,
            5,
            0,
            attempts,
            state == JobState.FAILED ? "It broke." : null,
            running ? 0 : null,
            1,
            2L,
            state.isFinished() ? 3L : null);
    return new JobRow(1, job, HOLDER, running ? 50L : null);
  }

  @TestFactory
  Stream<DynamicTest> every_state_takes_every_input_as_the_table_says() {
    return TABLE
        .lines()
        .map(line -> {
          String[] cells = line.strip().split(" +");
          return DynamicTest.dynamicTest(
              cells[0],
              () -> {
                assertEquals(JobState.values().length + 1, cells.length);
                int column = 1;
                for (JobState state : JobState.values()) {
                  int attempts = cells[0].equals("lastlease") ? JobMachine.MAX_ATTEMPTS : 1;
                  JobRow before = row(state, attempts);
                  Step step = JobMachine.next(before, input(cells[0]));
                  String found =
                      switch (step) {
                        case Step.Moved moved -> moved.row().job().state().text();
                        case Step.Ignored ignored -> "ignored";
                        case Step.Refused refused -> "refused";
                      };
                  assertEquals(cells[column], found, cells[0] + " of " + state);
                  if (step instanceof Step.Moved moved) {
                    assertInvariants(before, moved.row());
                  }
                  column++;
                }
              });
        });
  }

  private static void assertInvariants(JobRow before, JobRow after) {
    Job job = after.job();
    boolean running = job.state() == JobState.RUNNING;
    assertEquals(running, job.worker() != null, after.toString());
    assertEquals(running, after.leaseUntil() != null, after.toString());
    assertEquals(job.state().isFinished(), job.finishedAt() != null, after.toString());
    assertEquals(job.state() == JobState.FAILED, job.error() != null, after.toString());
    assertTrue(!before.job().state().isFinished(), before + " -> " + after);
    assertTrue(job.attempts() >= 0 && job.attempts() <= JobMachine.MAX_ATTEMPTS, after.toString());
    boolean claimed = running && before.job().state() == JobState.QUEUED;
    assertEquals(before.claim() + (claimed ? 1 : 0), after.claim());
    assertEquals(before.number(), after.number());
    assertEquals(before.job().createdAt(), job.createdAt());
  }

  @Test
  void random_walks_keep_the_invariants() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int walk = 0; walk < 2_000; walk++) {
      JobRow row = row(JobState.QUEUED, 0);
      for (int step = 0; step < 50; step++) {
        long claim = row.claim() - (random.nextInt(4) == 0 ? 1 : 0);
        List<Input> inputs =
            List.of(
                new Input.Claim(random.nextInt(4), step, step + 30),
                new Input.Claim(random.nextInt(4), step, step + 30),
                new Input.Report(claim, step + 30, random.nextBoolean() ? FURTHER : null),
                new Input.GiveBack(claim),
                new Input.LeaseOver(step),
                new Input.Pause(),
                new Input.Resume(),
                random.nextInt(8) == 0
                    ? new Input.Complete(claim, FURTHER, step)
                    : new Input.Report(claim, step + 30, null),
                random.nextInt(8) == 0 ? new Input.Cancel(step) : new Input.Resume());
        Input input = inputs.get(random.nextInt(inputs.size()));
        try {
          if (JobMachine.next(row, input) instanceof Step.Moved moved) {
            assertInvariants(row, moved.row());
            row = moved.row();
          }
        } catch (AssertionError e) {
          throw new AssertionError("seed " + seed + ", " + input + " on " + row, e);
        }
      }
    }
  }

  @Test
  void a_holder_that_dies_again_and_again_fails_the_job_with_a_sentence() {
    JobRow row = row(JobState.QUEUED, 0);
    for (int attempt = 1; attempt <= JobMachine.MAX_ATTEMPTS; attempt++) {
      row = moved(row, new Input.Claim(0, 100, 130));
      assertEquals(attempt, row.job().attempts());
      row = moved(row, new Input.LeaseOver(200));
    }
    assertEquals(JobState.FAILED, row.job().state());
    assertEquals(
        "The server stopped 3 times in the middle of this job, so it is not tried again.",
        row.job().error());
  }

  @Test
  void a_clean_stop_costs_no_attempt_and_resuming_begins_to_count_anew() {
    JobRow row = row(JobState.QUEUED, 2);
    row = moved(row, new Input.Claim(0, 100, 130));
    assertEquals(2, moved(row, new Input.GiveBack(row.claim())).job().attempts());
    row = moved(moved(row, new Input.Pause()), new Input.Resume());
    assertEquals(0, row.job().attempts());
  }

  @Test
  void progress_and_the_first_start_outlive_a_pause() {
    JobRow row = moved(row(JobState.RUNNING, 1), input("report"));
    row = moved(moved(row, new Input.Pause()), new Input.Resume());
    row = moved(row, new Input.Claim(1, 500, 530));
    assertEquals(FURTHER, JobMachine.progressOf(row.job()));
    assertEquals(2L, row.job().startedAt());
  }

  private static JobRow moved(JobRow row, Input input) {
    if (JobMachine.next(row, input) instanceof Step.Moved moved) {
      return moved.row();
    }
    throw new AssertionError(input + " does not move " + row);
  }
}

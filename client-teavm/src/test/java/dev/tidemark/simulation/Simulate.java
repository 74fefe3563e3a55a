package dev.tidemark.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@code ./run simulate --seeds N [--seed S]}: see docs/operating.md. */
public final class Simulate {
  private static final int REPEAT_EVERY = 50;
  private static final int VIOLATIONS_SHOWN = 10;

  private Simulate() {}

  /** How a number of schedules went. */
  record Summary(long schedules, Map<Fault, Long> faults, Map<Long, String> violations) {}

  /** Exit status 1 when an invariant was broken, 2 when the options are wrong. */
  public static void main(String[] arguments) {
    List<String> given = new ArrayList<>(List.of(arguments));
    boolean traced = given.remove("--trace");
    long seeds;
    long first;
    try {
      seeds = option(given, "--seeds", 2000);
      first = option(given, "--seed", 1);
    } catch (NumberFormatException e) {
      seeds = 0;
      first = 0;
    }
    if (!given.isEmpty() || seeds < 1) {
      System.err.println("Usage: simulate [--seeds N] [--seed S] [--trace]");
      System.exit(2);
    }
    if (traced) {
      Schedule.run(first, true).trace().forEach(System.out::println);
    }
    System.exit(report(first, seeds) ? 0 : 1);
  }

  /** Takes an option and its value out of the list. */
  private static long option(List<String> given, String name, long otherwise) {
    int at = given.indexOf(name);
    if (at < 0 || at + 1 >= given.size()) {
      return otherwise;
    }
    given.remove(at);
    return Long.parseLong(given.remove(at));
  }

  private static boolean report(long first, long seeds) {
    long began = System.nanoTime();
    Summary summary = run(first, seeds);
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%.0f schedules per second%n", seeds / seconds);
    System.out.println("faults exercised:");
    summary.faults().forEach((fault, count) -> System.out.printf("  %-24s %d%n", fault, count));
    summary.violations().entrySet().stream()
        .limit(VIOLATIONS_SHOWN)
        .forEach(one ->
            System.out.printf(
                "seed %d: %s%n  replay: ./run simulate --seeds 1 --trace --seed %d%n",
                one.getKey(), one.getValue(), one.getKey()));
    System.out.printf("%d schedules, %d violations%n", seeds, summary.violations().size());
    return summary.violations().isEmpty();
  }

  /** Runs seeds {@code first} to {@code first + count - 1} on every core. */
  static Summary run(long first, long count) {
    AtomicLong next = new AtomicLong();
    Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    Map<Long, String> violations = new TreeMap<>();
    Runnable work =
        () -> {
          for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            Schedule.Result result;
            try {
              result = Schedule.run(first + i, false);
            } catch (RuntimeException | LinkageError | AssertionError e) {
              // A schedule that could not run proves nothing: it counts as violated.
              synchronized (violations) {
                violations.put(first + i, "did not run to its end: " + e);
              }
              continue;
            }
            String violation = result.violation();
            if (violation == null && i % REPEAT_EVERY == 0) {
              violation = repeat(result);
            }
            synchronized (violations) {
              result
                  .faults()
                  .forEach((fault, times) -> faults.merge(fault, (long) times, Long::sum));
              if (violation != null) {
                violations.put(result.seed(), violation);
              }
            }
          }
        };
    Thread[] threads = new Thread[Runtime.getRuntime().availableProcessors()];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().name("schedules-" + i).start(work);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while schedules were running", e);
      }
    }
    if (next.get() < count) {
      throw new IllegalStateException("only " + next.get() + " of " + count + " schedules began");
    }
    return new Summary(count, faults, violations);
  }

  /** I14: the same seed gives the same trace. */
  private static @Nullable String repeat(Schedule.Result result) {
    return Schedule.run(result.seed(), false).traceHash() == result.traceHash()
        ? null
        : "I14: a second run of the same seed had another trace";
  }
}

package dev.tidemark.e2e.harness;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for conditions by asking again and again, with a deadline. */
public final class Waiting {
  /** Long enough for a busy machine with two cores, short enough that a wrong test is noticed. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration PAUSE = Duration.ofMillis(15);

  private Waiting() {}

  /** Waits up to {@link #PATIENCE}; see {@link #until(String, Duration, Callable)}. */
  public static void until(String what, Callable<Boolean> condition) {
    until(what, PATIENCE, condition);
  }

  /**
   * Returns as soon as the condition holds. A condition that throws counts as not yet true: pages
   * navigate and servers restart while we look. The last exception becomes the cause of the
   * failure.
   *
   * @throws AssertionError when the deadline has passed
   */
  public static void until(String what, Duration patience, Callable<Boolean> condition) {
    var _ = present(what, patience, () -> condition.call() ? Boolean.TRUE : null);
  }

  /**
   * Returns the first value that is not null; otherwise like {@link #until(String, Duration,
   * Callable)}.
   */
  public static <T> T present(String what, Duration patience, Callable<@Nullable T> source) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    @Nullable Exception last = null;
    while (true) {
      try {
        T value = source.call();
        if (value != null) {
          return value;
        }
        last = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() > deadlineNanos) {
        String reason =
            last == null ? "" : ": " + Objects.toString(last.getMessage(), last.toString());
        throw new AssertionError(
            "waited " + patience.toMillis() + " ms in vain for " + what + reason, last);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}

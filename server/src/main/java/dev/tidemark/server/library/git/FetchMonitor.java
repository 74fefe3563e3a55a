package dev.tidemark.server.library.git;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Ends a fetch that is stopped, brings too many objects, or takes too long. Asked at each read from
 * the host, so that one that sends a byte now and then holds nobody up.
 */
final class FetchMonitor extends EmptyProgressMonitor {
  static final String STOPPED = "The fetch was stopped.";
  static final Duration FETCHING = Duration.ofMinutes(30);
  static final Duration LISTING = Duration.ofMinutes(5);

  private final int maxObjects;
  private final Duration maxDuration;
  private final BooleanSupplier stopped;
  private final long end;
  private volatile @Nullable String objection;

  FetchMonitor(int maxObjects, Duration maxDuration, BooleanSupplier stopped) {
    this.maxObjects = maxObjects;
    this.maxDuration = maxDuration;
    this.stopped = stopped;
    this.end = System.nanoTime() + maxDuration.toNanos();
  }

  /** The sentence for a limit that was met, or null. */
  @Nullable String objection() {
    return objection;
  }

  @Override
  public void beginTask(String title, int totalWork) {
    // The host's own tasks come here as well; theirs have other titles.
    boolean objects =
        title.equals(JGitText.get().receivingObjects)
            || title.equals(JGitText.get().resolvingDeltas);
    if (objects && totalWork > maxObjects) {
      objection = "The repository sends more than " + maxObjects + " objects, which is the limit.";
    }
  }

  @Override
  public boolean isCancelled() {
    if (objection == null && System.nanoTime() - end > 0) {
      objection = "Fetching took longer than " + maxDuration.toMinutes() + " minutes.";
    }
    return objection != null || stopped.getAsBoolean();
  }
}

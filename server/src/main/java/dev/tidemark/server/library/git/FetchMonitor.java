package dev.tidemark.server.library.git;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.jspecify.annotations.Nullable;

/** Ends a fetch that is stopped, brings too many objects, or takes too long. */
final class FetchMonitor extends EmptyProgressMonitor {
  private static final Duration MAX_DURATION = Duration.ofMinutes(30);

  private final int maxObjects;
  private final BooleanSupplier stopped;
  private final long end = System.nanoTime() + MAX_DURATION.toNanos();
  private volatile @Nullable String objection;

  FetchMonitor(int maxObjects, BooleanSupplier stopped) {
    this.maxObjects = maxObjects;
    this.stopped = stopped;
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
    if (objection == null && System.nanoTime() > end) {
      objection = "Fetching took longer than " + MAX_DURATION.toMinutes() + " minutes.";
    }
    return objection != null || stopped.getAsBoolean();
  }
}

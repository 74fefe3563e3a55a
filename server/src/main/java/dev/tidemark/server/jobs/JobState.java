package dev.tidemark.server.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a job stands. */
public enum JobState {
  /** Waits for a worker. */
  QUEUED,
  /** A worker has it. */
  RUNNING,
  /** Somebody stopped it for now; what it has stored stays. */
  PAUSED,
  DONE,
  FAILED,
  CANCELLED;

  /** The states of jobs that may still go on; at most one such job is there for each version. */
  public static final Set<JobState> UNFINISHED = Set.of(QUEUED, RUNNING, PAUSED);

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it stands in the table and on the wire. */
  public String text() {
    return text;
  }

  public boolean isFinished() {
    return !UNFINISHED.contains(this);
  }

  /** The texts of some states, in the order of this enum. */
  public static List<String> texts(Collection<JobState> states) {
    return states.stream().sorted().map(JobState::text).toList();
  }

  /** The state with that {@link #text}, or null when there is none. */
  public static @Nullable JobState parse(String text) {
    for (JobState state : values()) {
      if (state.text.equals(text)) {
        return state;
      }
    }
    return null;
  }
}

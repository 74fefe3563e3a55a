package dev.tidemark.server.cli;

import dev.tidemark.server.admin.Operator;
import dev.tidemark.server.importing.ProgressBar;
import dev.tidemark.server.jobs.Job;
import dev.tidemark.server.jobs.JobState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waits on the main thread until jobs are over, and draws how far they are. */
final class JobWatch {
  private static final long LOOK_MILLIS = 250;

  /** Asked for at a time: those that run are among the oldest unfinished ones. */
  private static final int LOOK_JOBS = 100;

  private final Operator operator;
  private final @Nullable ProgressBar bar;

  JobWatch(Operator operator, @Nullable ProgressBar bar) {
    this.operator = operator;
    this.bar = bar;
  }

  /** The given jobs, each as it stood when it was finished or found paused. */
  List<Job> untilOver(List<Job> jobs) throws InterruptedException {
    Map<String, Job> latest = new LinkedHashMap<>();
    jobs.forEach(job -> latest.put(job.id(), job));
    try {
      while (true) {
        List<String> open =
            latest.values().stream()
                .filter(job -> !isOver(job))
                .map(Job::id)
                .limit(LOOK_JOBS)
                .toList();
        if (open.isEmpty()) {
          return List.copyOf(latest.values());
        }
        operator.libraries().jobs(open).forEach(job -> latest.put(job.id(), job));
        draw(latest);
        Thread.sleep(LOOK_MILLIS);
      }
    } finally {
      if (bar != null) {
        bar.done();
      }
    }
  }

  private static boolean isOver(Job job) {
    return job.state().isFinished() || job.state() == JobState.PAUSED;
  }

  private void draw(Map<String, Job> latest) {
    if (bar == null) {
      return;
    }
    long over = latest.values().stream().filter(JobWatch::isOver).count();
    long percents =
        latest.values().stream().mapToLong(job -> isOver(job) ? 100 : job.progress()).sum();
    StringBuilder text = new StringBuilder();
    text.append(over).append(" of ").append(latest.size()).append(" versions");
    latest.values().stream()
        .filter(job -> job.state() == JobState.RUNNING)
        .limit(2)
        .forEach(job ->
            text.append("; ")
                .append(job.version())
                .append(' ')
                .append(job.stage())
                .append(' ')
                .append(job.filesDone())
                .append('/')
                .append(job.filesTotal()));
    bar.draw(text.toString(), percents, 100L * latest.size());
  }
}

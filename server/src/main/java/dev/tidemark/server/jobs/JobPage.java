package dev.tidemark.server.jobs;

import java.util.List;

/**
 * Some of the jobs that fit a filter, newest first.
 *
 * @param total how many fit
 */
public record JobPage(List<Job> jobs, long total) {
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}

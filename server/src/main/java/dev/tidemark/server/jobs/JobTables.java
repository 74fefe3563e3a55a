package dev.tidemark.server.jobs;

/** DDL of the job queue. */
public final class JobTables {

  /**
   * {@code state} is one of queued, running, paused, done, failed, cancelled. The unique index
   * makes a second job for the same library and version impossible while one is not finished.
   * {@code worker} and {@code lease_until} belong to a running job: once the lease is over, or the
   * server was started again, the job goes back to the queue. {@code claim} counts how often a
   * worker has got the job: what an earlier holder still reports is told apart by it. Times are
   * epoch milliseconds.
   */
  public static final String SCHEMA =
      """
      create table job (
        number integer primary key,
        id text not null unique,
        library text not null,
        version text not null,
        state text not null
          check (state in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
        stage text not null,
        files_total integer not null,
        files_done integer not null,
        files_skipped integer not null,
        snippets integer not null,
        snippets_reused integer not null,
        attempts integer not null,
        claim integer not null,
        error text,
        worker integer,
        lease_until integer,
        created_at integer not null,
        started_at integer,
        finished_at integer
      ) strict;
      create unique index job_unfinished on job (library, version)
        where state in ('queued', 'running', 'paused');
      create index job_by_state on job (state, library, number);
      create index job_by_library on job (library, number);
      """;

  private JobTables() {}
}

package dev.tidemark.server.jobs;

/** How far a task says it is; see {@link JobControl#progress}. */
record JobProgress(
    String stage,
    long filesTotal,
    long filesDone,
    long filesSkipped,
    long snippets,
    long snippetsReused) {}

package dev.tidemark.server.jobs;

/**
 * A running job in the hands of a worker.
 *
 * @param number tells this holder from earlier ones of the same job
 */
record Claim(Job job, long number) {}

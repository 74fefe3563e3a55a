package dev.tidemark.server.jobs;

import org.jspecify.annotations.Nullable;

/**
 * A job as the table holds it.
 *
 * @param number order of creation
 * @param claim how often a worker has got it; names the holder of a running job
 * @param leaseUntil until when the holder has it, epoch milliseconds; null unless it runs
 */
record JobRow(long number, Job job, long claim, @Nullable Long leaseUntil) {}

/**
 * Durable jobs: what is to be indexed, how far it got, and the workers that do it.
 *
 * <p>This room owns the table {@code job} with its states, leases and recovery, the pool of worker
 * threads and the feed of progress that pages listen to. It knows nothing of repositories: a job
 * names a library and a version, and a {@code JobTask} given by the node does the work. States
 * change inside the writer's transaction only, so that two workers never hold one job.
 */
@NullMarked
package dev.tidemark.server.jobs;

import org.jspecify.annotations.NullMarked;

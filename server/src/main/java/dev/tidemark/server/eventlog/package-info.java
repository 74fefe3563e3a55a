/**
 * The log: what happened in each space, in order, once.
 *
 * <p>This room owns the tables {@code log_space} and {@code log_event}, gives positions, keeps the
 * chain of hashes and is the only one that appends. An append runs inside the group writer's
 * transaction: it authorises each event against the state just before it, stores it, projects it
 * through {@code projection} and tells the {@link dev.tidemark.server.eventlog.CommitListener}
 * after the commit. Reading may happen on any thread through the reader pool; appending may be
 * asked for from any thread and runs on the writer thread.
 */
@NullMarked
package dev.tidemark.server.eventlog;

import org.jspecify.annotations.NullMarked;

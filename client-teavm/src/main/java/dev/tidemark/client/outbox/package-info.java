/**
 * Own events that the server has not confirmed: their optimistic effect on the tables, how it is
 * taken back, and how confirmed events are put underneath (rebase). It writes rows through {@code
 * Database} inside the transaction that {@code owner} opened, and keeps the list of pending events
 * in memory beside the {@code outbox} table. Called by {@code owner} only, on the owner worker's
 * one thread; the simulation runs the same classes. See docs/adr/0005.
 */
@NullMarked
package dev.tidemark.client.outbox;

import org.jspecify.annotations.NullMarked;

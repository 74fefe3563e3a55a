/**
 * Keeps one event stream open and the outbox draining. {@link dev.tidemark.client.sync.SyncSession}
 * decides everything and is pure: inputs, a clock reading and a random source in, effects out, so
 * that the same class runs in the browser, in tests and in the seeded simulation. {@link
 * dev.tidemark.client.sync.HttpSync} is the only class here that touches the browser; it carries
 * the effects out for the owner worker, which is the only caller and implements {@link
 * dev.tidemark.client.sync.SyncTarget} over its replica. The package owns no durable state: cursor
 * and outbox belong to the replica. Nothing here is thread-safe; one owner calls, never
 * re-entrantly.
 */
@NullMarked
package dev.tidemark.client.sync;

import org.jspecify.annotations.NullMarked;

/**
 * The replica: what the one worker that has the database open does with it. It applies the server's
 * events, stores and confirms own ones, answers queries and keeps subscriptions up to date, each in
 * one transaction. {@code Replica} and {@code Owner} are plain Java and run in the simulation too;
 * only {@code OwnerWorker} knows that it lives in a browser. One thread, no locks. See
 * docs/architecture.md.
 */
@NullMarked
package dev.tidemark.client.owner;

import org.jspecify.annotations.NullMarked;

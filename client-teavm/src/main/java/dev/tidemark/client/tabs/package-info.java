/**
 * Who owns the database, and how every tab reaches the owner. {@code Hub} brokers in the
 * SharedWorker, {@code TabRouter} keeps a page's calls and subscriptions alive across changes of
 * owner; both are plain state machines that the simulation drives too. {@code HubWorker} and {@code
 * PageTabs} connect them to ports and locks. Death is seen by lock release alone. One thread each.
 * See docs/architecture.md and docs/adr/0006.
 */
@NullMarked
package dev.tidemark.client.tabs;

import org.jspecify.annotations.NullMarked;

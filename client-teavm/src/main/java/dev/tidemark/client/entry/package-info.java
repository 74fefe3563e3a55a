/**
 * One class per script the browser loads: {@code tidemark.js} (page), {@code worker.js} (dedicated
 * worker), {@code hub.js} (SharedWorker), {@code service-worker.js}. Only wiring stands here: an
 * entry makes the adapters of {@code browser}, hands them to a state machine and returns. The build
 * appends a call of {@code main} to every script, so that loading it starts it. Listeners that must
 * not miss an early event ({@code connect}, {@code fetch}, {@code message}) are added before {@code
 * main} returns. Nobody calls this package.
 */
@NullMarked
package dev.tidemark.client.entry;

import org.jspecify.annotations.NullMarked;

/**
 * The workspace while the server cannot be reached: killed, or behind a network that was cut. What
 * is here can be read and searched, what is written waits on this device and survives reloads, and
 * once the server is back everything arrives in order and once. Offline is always a stopped server
 * or a cut proxy, because the browser's own emulation does not reach workers. Each test has a
 * server of its own.
 */
@NullMarked
package dev.tidemark.e2e.offline;

import org.jspecify.annotations.NullMarked;

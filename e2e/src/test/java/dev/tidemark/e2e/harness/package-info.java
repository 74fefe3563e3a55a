/**
 * What the end-to-end tests stand on: a real server as a child process, real Chromium, and nothing
 * of the product's own classes. The tests say what people do and see; this package knows how
 * processes are started and killed, how tabs are driven over the DevTools protocol, and how a
 * network is cut. Everything waits for a condition with a deadline and fails with what it last saw.
 * A {@link dev.tidemark.e2e.harness.Browser} and its tabs may be used by several threads, so that a
 * test can ask one tab while another one dies.
 */
@NullMarked
package dev.tidemark.e2e.harness;

import org.jspecify.annotations.NullMarked;

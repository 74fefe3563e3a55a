/**
 * Several browsers and one server: what one writes, the others show, in the server's order and
 * exactly once. The browsers here have profiles of their own, which makes them devices; some belong
 * to other people. Servers are killed while everybody writes. The tests compare what the browsers'
 * databases hold with the server's log over HTTP.
 */
@NullMarked
package dev.tidemark.e2e.sync;

import org.jspecify.annotations.NullMarked;

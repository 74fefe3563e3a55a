/**
 * A whole deployment on one thread in virtual time: a server, its network, browsers with the real
 * replica and outbox, users who write, and faults. A schedule is made from its seed alone and gives
 * the same trace every time; the invariants of docs/reliability.md are checked as it runs. {@code
 * ./run simulate} and a test run many schedules, each on one thread, several beside each other. The
 * decisions come from the product's own classes; only what a browser or a disk does is modelled.
 */
@NullMarked
package dev.tidemark.simulation;

import org.jspecify.annotations.NullMarked;

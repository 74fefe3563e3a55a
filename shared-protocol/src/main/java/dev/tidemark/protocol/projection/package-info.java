/**
 * From events to rows: deterministic, exhaustive switches that write through {@code Database}, one
 * file per kind of thing. The same classes run on the server, in the browser and in the simulation,
 * and a state hash compares what they made. Called inside the transaction that also moves the
 * cursor. No clock, no randomness, no input or output. See docs/architecture.md.
 */
@NullMarked
package dev.tidemark.protocol.projection;

import org.jspecify.annotations.NullMarked;

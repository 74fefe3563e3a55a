/**
 * Founding spaces: shared ones by administrators, a personal one for each account.
 *
 * <p>This room writes {@code log_space} and the founding event together. Whoever needs a space made
 * calls it inside a write transaction or waits for its own; membership afterwards is changed by
 * events alone. Safe on any thread.
 */
@NullMarked
package dev.tidemark.server.space;

import org.jspecify.annotations.NullMarked;

/**
 * Bringing conversations of other systems into a space.
 *
 * <p>An import reads its whole input once before anything is stored, so that wrong input is refused
 * with nothing half done, then hands events in batches to an {@code Operator}, beside a running
 * server or without one. Ids are derived from the place in the source, see {@link
 * dev.tidemark.server.importing.SourceIds}: importing again, also after an interruption, adds only
 * what is missing. Reading is pure and confined to the caller's thread; the storage writes
 * meanwhile on its own. The command line is the only caller.
 */
@NullMarked
package dev.tidemark.server.importing;

import org.jspecify.annotations.NullMarked;

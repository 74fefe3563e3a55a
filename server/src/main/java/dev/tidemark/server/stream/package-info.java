/**
 * Pushes committed events to whoever listens.
 *
 * <p>The event log tells {@link dev.tidemark.server.stream.EventFanout} of each commit; one
 * publisher thread encodes it once and puts the bytes into the bounded mailbox of every stream that
 * may read the space. Each stream runs on its own virtual thread, which first catches up from the
 * log and then empties its mailbox: no event is missing or doubled where the two meet, because
 * every frame names the positions it covers. The HTTP room opens streams; nobody else calls this
 * one.
 */
@NullMarked
package dev.tidemark.server.stream;

import org.jspecify.annotations.NullMarked;

/**
 * Turns what clients send into proposals for the log, or refuses it with a sentence.
 *
 * <p>Everything here is pure: bytes in, records out, no database and no clock. The shape and the
 * limits of events are the shared protocol's; this room adds those of a batch. The HTTP room and
 * the command socket call it on their own threads, so that parsing and hashing run beside the
 * writer.
 */
@NullMarked
package dev.tidemark.server.intake;

import org.jspecify.annotations.NullMarked;

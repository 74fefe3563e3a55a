/**
 * Everything that a data folder holds, opened and wired once.
 *
 * <p>This room locks the folder, refuses an unsafe file, brings the schema up to date and starts
 * the writer and the readers, then builds the rooms that live on them. Both a running server and a
 * command that works without one open it; whoever opened it closes it.
 */
@NullMarked
package dev.tidemark.server.storage;

import org.jspecify.annotations.NullMarked;

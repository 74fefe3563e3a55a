/**
 * The one SQLite file of the server and the threads that may touch it.
 *
 * <p>This room owns the data folder with its lock, the connections with their pragmas, the single
 * writer with group commit and the pool of read-only connections. Every feature that stores
 * something calls it; it knows none of them. SQLite calls pin a virtual thread to its carrier, so
 * they all run on platform threads that this room starts: one for writing, a few for reading.
 */
@NullMarked
package dev.tidemark.server.database;

import org.jspecify.annotations.NullMarked;

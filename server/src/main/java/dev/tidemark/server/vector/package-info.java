/**
 * Nearest neighbours inside the database file.
 *
 * <p>This room owns the tables of vectors: quantised chunks that are scanned with SIMD, and the
 * exact vectors by which the best candidates are ranked again. It knows sets of vectors and numbers
 * of rows, not what the rows are. Changes happen in the writer's transaction, together with the
 * text they belong to; searches run on the reader pool and hold one chunk at a time in memory.
 */
@NullMarked
package dev.tidemark.server.vector;

import org.jspecify.annotations.NullMarked;

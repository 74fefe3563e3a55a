/**
 * Rows and SQL below the projections: a narrow row interface ({@code Database}), the SQLite binding
 * it stands on, and the changes that writing yields, from which invalidation and undo follow.
 * sqlite-jdbc and the browser's binding both implement {@code SqlConnection}. Everything here is
 * confined to the one thread that owns the connection. See docs/adr/0004.
 */
@NullMarked
package dev.tidemark.protocol.database;

import org.jspecify.annotations.NullMarked;

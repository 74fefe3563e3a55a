/**
 * Measures the server on this machine; {@code ./run bench server} prints the table.
 *
 * <p>Everything runs against a real node on a real file in a temporary folder, with clients in the
 * same process: what they cost is part of the figures. Nothing here asserts; tests never depend on
 * time.
 */
@NullMarked
package dev.tidemark.server.bench;

import org.jspecify.annotations.NullMarked;

/**
 * The server's own read model: the shared projections on the writer's connection.
 *
 * <p>The classes that decide what an event does to the tables and who may append it come from the
 * shared protocol, the same that browsers run; this room only binds them to SQLite here. The event
 * log calls it inside its transaction; other rooms read the tables through the reader pool. It must
 * be used on the writer thread only.
 */
@NullMarked
package dev.tidemark.server.projection;

import org.jspecify.annotations.NullMarked;

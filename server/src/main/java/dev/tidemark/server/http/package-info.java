/**
 * The HTTP face: routes, who asks, what is refused and how it is said.
 *
 * <p>This room translates between HTTP and the other rooms and decides nothing about events.
 * Requests run on virtual threads and may block: on the writer's commit, on the reader pool, on a
 * slow reader of a stream. Errors are RFC 9457 problem details with a {@code code}. The routes are
 * listed in the OpenAPI file that a test compares with them.
 */
@NullMarked
package dev.tidemark.server.http;

import org.jspecify.annotations.NullMarked;

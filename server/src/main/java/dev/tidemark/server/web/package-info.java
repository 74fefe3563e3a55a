/**
 * The static files: pages, styles and the engine's scripts, as they lie on the class path below
 * {@code web/}.
 *
 * <p>They are read into memory once at start, hashed and compressed; their common hash is the build
 * id by which the service worker knows a new version. This room knows nothing of HTTP routes; the
 * HTTP room asks it for a path and sends what it gets. Immutable after start, safe on any thread.
 */
@NullMarked
package dev.tidemark.server.web;

import org.jspecify.annotations.NullMarked;

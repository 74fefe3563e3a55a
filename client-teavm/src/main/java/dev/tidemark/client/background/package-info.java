/**
 * The service worker: it keeps the pages themselves, so that the workspace opens without the
 * server. {@link dev.tidemark.client.background.Shell} decides which request is answered from the
 * cache and which caches go; it is pure. {@link dev.tidemark.client.background.ServiceWorker} is
 * the thin rest that listens and fetches. A service worker is one build: it fills the cache of its
 * build completely while it installs, waits until no page of the build before is open, and only
 * then serves; it never touches the database and never answers for {@code /api/}. Listeners are
 * added while the script is evaluated, as the specification wants. Only {@code entry} calls this
 * package.
 */
@NullMarked
package dev.tidemark.client.background;

import org.jspecify.annotations.NullMarked;

/**
 * Black-box helpers for the server's tests: a real node on a free port, a client for HTTP and one
 * for streams. No part of ours is replaced by a mock; tests wait for conditions, never for time.
 */
@NullMarked
package dev.tidemark.server;

import org.jspecify.annotations.NullMarked;

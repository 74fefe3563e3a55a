/**
 * One running server: storage, fan-out, HTTP and the command socket, wired and stopped in order.
 *
 * <p>Only the command line and tests start a node. Wiring is all that happens here.
 */
@NullMarked
package dev.tidemark.server.node;

import org.jspecify.annotations.NullMarked;

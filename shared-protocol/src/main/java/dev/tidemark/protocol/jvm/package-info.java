/**
 * What the protocol needs from a JVM: strict JSON over Jackson's streaming parser and SQLite over
 * JDBC. The browser never reaches this package and TeaVM never compiles it. Used by the server, the
 * simulation and tests. The parser is thread-safe, a connection belongs to one thread.
 */
@NullMarked
package dev.tidemark.protocol.jvm;

import org.jspecify.annotations.NullMarked;

/**
 * Checks of the protocol that run anywhere: plain Java without JUnit, files or a JVM's own classes,
 * so that the same code runs on sqlite-jdbc, in Chromium on sqlite-wasm, and in the simulation. It
 * owns the logs that are replayed, the model of a database in memory, and the fingerprints that are
 * compared. Published as this module's test jar. Confined to one thread.
 */
@NullMarked
package dev.tidemark.protocol.contract;

import org.jspecify.annotations.NullMarked;

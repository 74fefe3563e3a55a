/**
 * Tables, full text index, views and their migrations, for the replica and for the part of the
 * server that projects. The views are what applications query and stay stable; the tables may
 * change by a new migration step. Column ordinals stand beside the DDL and a test holds the two
 * together. Constants only, thread-safe.
 */
@NullMarked
package dev.tidemark.protocol.schema;

import org.jspecify.annotations.NullMarked;

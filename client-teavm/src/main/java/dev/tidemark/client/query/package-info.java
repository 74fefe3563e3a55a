/**
 * Live queries: which of them a commit can change, their results kept up to date from row changes
 * where their shape allows it, and the difference between two results as it travels to a page. Owns
 * no SQL connection: whoever calls it runs the statements. A change that could alter a result is
 * never missed; a query that could not be analysed is affected by every change of its tables.
 * Confined to the owner's thread, except {@link dev.tidemark.client.query.ResultDiff}, which pages
 * use too. Plain Java without browser types, so that the simulation runs the same classes.
 */
@NullMarked
package dev.tidemark.client.query;

import org.jspecify.annotations.NullMarked;

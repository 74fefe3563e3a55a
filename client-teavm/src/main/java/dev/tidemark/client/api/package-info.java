/**
 * What pages and other programs call: the JavaScript face of the engine as {@code tidemark.d.ts}
 * describes it, over the tab's router. It turns plain objects into calls and answers into promises,
 * and builds the rows of live queries. It runs in the page, never touches the database, and holds
 * no decisions. See docs/extending.md.
 */
@NullMarked
package dev.tidemark.client.api;

import org.jspecify.annotations.NullMarked;

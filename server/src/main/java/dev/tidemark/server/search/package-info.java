/**
 * Search over messages, documents and library snippets: words, meaning, and both fused.
 *
 * <p>This room owns the full-text tables of the server, turns what people type into safe queries,
 * fuses the rankings and cuts excerpts. Permission and filters are applied before the best are cut
 * off, so that neither results nor counts tell of what the asker may not read. Where no embeddings
 * exist it answers by keywords and says so. It only reads, on the reader pool.
 */
@NullMarked
package dev.tidemark.server.search;

import org.jspecify.annotations.NullMarked;

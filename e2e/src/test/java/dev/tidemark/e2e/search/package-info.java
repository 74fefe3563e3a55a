/**
 * Facts about searching in the workspace: what this browser finds at once, what the server adds to
 * it, how hits are read and reached, and what is said when there is no server or no meaning to
 * search by. Libraries are small real repositories that the server indexed, embeddings come from
 * the model inside it. Pictures lie in {@code e2e/target/screenshots}.
 */
@NullMarked
package dev.tidemark.e2e.search;

import org.jspecify.annotations.NullMarked;

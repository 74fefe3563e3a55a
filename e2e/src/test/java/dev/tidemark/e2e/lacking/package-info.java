/**
 * Browsers that lack something or tell wrong things: no private file system, no shared workers, a
 * wrong clock, an origin that is not secure. What is missing is taken away before the first script
 * runs, in the page and in its workers; the product then has to work with less, or to say plainly
 * what it needs.
 */
@NullMarked
package dev.tidemark.e2e.lacking;

import org.jspecify.annotations.NullMarked;

/**
 * The pages as people and programs meet them: the way in by the set-up link, writing and reading by
 * hand, search and keys, the names that scripts in a page may use, and what must never be seen: a
 * violated policy, an error in the console, an element that a screen reader cannot make out.
 * Screenshots of every kind of page are left in {@code e2e/target/screenshots}.
 */
@NullMarked
package dev.tidemark.e2e.workspace;

import org.jspecify.annotations.NullMarked;

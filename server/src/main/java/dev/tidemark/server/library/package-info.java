/**
 * Libraries: git repositories with their versions, split into snippets.
 *
 * <p>This room owns the registry of libraries, the rules for what may be a source, reading tags and
 * trees with JGit (bare, without a work tree), the splitters, and the content-addressed tables of
 * blobs and snippets. Parsing runs on workers without a database connection; all writing goes to
 * the writer's background lane in short transactions. A version is visible from the moment its
 * whole tree is stored, and never half.
 */
@NullMarked
package dev.tidemark.server.library;

import org.jspecify.annotations.NullMarked;

/**
 * Reads git repositories with JGit.
 *
 * <p>Local repositories are opened where they are and never written to; remote ones are fetched,
 * one tag at a time and without history, into a bare mirror below the data folder. There is no work
 * tree, so nothing is ever checked out and no hook, filter, submodule or LFS pointer is followed.
 * Every connection is made to an address that the rules allow, and bytes, objects, entries, paths
 * and sizes are limited. Calls block on disk and network: workers make them, never the threads of
 * the database.
 */
@NullMarked
package dev.tidemark.server.library.git;

import org.jspecify.annotations.NullMarked;

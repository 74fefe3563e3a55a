/**
 * Cuts files into snippets.
 *
 * <p>A splitter is a pure function from a text to pieces: documentation by its headings, code by
 * its declarations, the rest by paragraphs or windows of lines. It touches no database and no
 * repository, and runs on any thread. Its id changes with everything that its pieces depend on, for
 * pieces are stored by (content of the file, id of the splitter) and never made twice. Every input
 * is hostile here: sizes, line lengths, nesting and numbers of pieces are bounded.
 */
@NullMarked
package dev.tidemark.server.library.split;

import org.jspecify.annotations.NullMarked;

/**
 * Full text of messages, filled behind the log so that appends do not pay for it.
 *
 * <p>A watermark says up to which number messages are indexed; triggers keep the index true below
 * it, and a thread of this room raises it in short transactions of the background. Searches ask the
 * filler to catch up and wait a moment for it. The index holds exactly the rows of the view {@code
 * message_indexed}, at every commit: FTS5's own check can be run at any time. Documents and
 * snippets are indexed by plain triggers in the search room. See ADR 14.
 */
@NullMarked
package dev.tidemark.server.fulltext;

import org.jspecify.annotations.NullMarked;

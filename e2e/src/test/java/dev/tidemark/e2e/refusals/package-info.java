/**
 * Events that the server does not accept. They are shown where they were written, with the reason,
 * until the writer sends them again or lets go of them; what depends on them goes the same way, and
 * what does not is sent. The refusals here are real ones: a channel that was archived meanwhile, a
 * role that was taken away while its bearer was offline.
 */
@NullMarked
package dev.tidemark.e2e.refusals;

import org.jspecify.annotations.NullMarked;

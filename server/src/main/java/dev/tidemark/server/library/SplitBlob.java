package dev.tidemark.server.library;

import dev.tidemark.server.library.split.SkipReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A blob that was read and cut, with all the paths of one tree that have this content.
 *
 * @param skipped why it has no pieces, or null
 */
record SplitBlob(
    BlobKey key, List<String> paths, List<HashedPiece> pieces, @Nullable SkipReason skipped) {
  SplitBlob {
    paths = List.copyOf(paths);
    pieces = List.copyOf(pieces);
  }
}

package dev.tidemark.server.library.git;

import dev.tidemark.server.library.split.SkipReason;
import java.util.List;
import java.util.Map;

/**
 * The files of a commit that are to be read, documentation first and tests last, and how many
 * entries were passed over for safety.
 */
public record GitListing(List<GitFile> files, Map<SkipReason, Integer> skipped) {
  public GitListing {
    files = List.copyOf(files);
    skipped = Map.copyOf(skipped);
  }
}

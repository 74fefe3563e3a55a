package dev.tidemark.server.storage;

import java.nio.file.Path;
import java.util.List;

/**
 * How libraries are indexed.
 *
 * @param workers versions indexed at a time; 0 leaves jobs to wait
 * @param allowedFolders repositories below these may be libraries, besides {@code https://} ones
 */
public record IndexSettings(int workers, List<Path> allowedFolders) {
  /** What a server does when nothing is said. */
  public static final IndexSettings DEFAULT = new IndexSettings(2, List.of());

  public IndexSettings {
    allowedFolders = List.copyOf(allowedFolders);
  }
}

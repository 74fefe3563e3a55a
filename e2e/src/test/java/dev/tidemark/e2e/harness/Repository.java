package dev.tidemark.e2e.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this checkout lies; Maven and ./run say so. */
public final class Repository {
  private Repository() {}

  public static Path root() {
    String root = System.getProperty("tidemark.root");
    if (root == null) {
      // In an editor the working directory is the module or the checkout itself.
      Path here = Path.of("").toAbsolutePath();
      return Files.exists(here.resolve("shared-protocol")) ? here : here.resolveSibling("");
    }
    return Path.of(root);
  }
}

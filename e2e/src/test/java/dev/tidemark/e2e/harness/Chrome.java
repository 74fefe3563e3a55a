package dev.tidemark.e2e.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the system keeps Chromium and its driver. */
final class Chrome {
  private Chrome() {}

  static File binary() {
    return find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  }

  static File driver() {
    return find("chromedriver");
  }

  private static File find(String... names) {
    for (String folder : List.of(System.getenv("PATH").split(File.pathSeparator))) {
      for (String name : names) {
        Path candidate = Path.of(folder, name);
        if (Files.isExecutable(candidate)) {
          return candidate.toFile();
        }
      }
    }
    throw new IllegalStateException(
        "none of " + List.of(names) + " is on the PATH; ./test installs Chromium where it may");
  }
}

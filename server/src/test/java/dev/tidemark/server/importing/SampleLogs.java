package dev.tidemark.server.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Logs made for a test, in the shape of the real ones. */
public final class SampleLogs {
  private final Path folder;

  public SampleLogs(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** Writes a log, each line ended by a line feed. */
  public Path log(String name, String... lines) throws IOException {
    return write(name + ".raw.txt", lines);
  }

  public Path annotations(String name, String... lines) throws IOException {
    return write(name + ".annotation.txt", lines);
  }

  public Path write(String file, String... lines) throws IOException {
    return write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public Path write(String file, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    return Files.write(folder.resolve(file), bytes);
  }

  /** A log of that many messages, ten a minute, with an annotation for each third. */
  public void longLog(String name, int messages) throws IOException {
    String[] lines = new String[messages];
    StringBuilder annotations = new StringBuilder();
    for (int i = 0; i < messages; i++) {
      int minute = i / 10;
      lines[i] =
          "[%02d:%02d] <nick%d> %s says number %d"
              .formatted(minute / 60, minute % 60, i % 7, name, i);
      if (i % 3 == 2) {
        annotations.append(i - 1).append(' ').append(i).append(" -\n");
      }
    }
    log(name, lines);
    write(name + ".annotation.txt", annotations.toString().getBytes(StandardCharsets.UTF_8));
  }
}

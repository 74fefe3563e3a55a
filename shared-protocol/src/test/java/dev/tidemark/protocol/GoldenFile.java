package dev.tidemark.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text under {@code src/test/resources/golden} that the code must reproduce. Run with {@code
 * -Dtidemark.golden=write} to write what it makes now, then read the difference before you commit
 * it: released versions never change.
 */
public record GoldenFile(String path) {
  private static final boolean WRITE = "write".equals(System.getProperty("tidemark.golden"));

  public String text() {
    if (WRITE) {
      return read(file());
    }
    try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + path)) {
      if (in == null) {
        throw new IllegalStateException("there is no golden file " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the golden file " + path, e);
    }
  }

  public List<String> lines() {
    return text().lines().toList();
  }

  public void assertEqualTo(String actual) {
    if (WRITE) {
      write(actual);
    } else {
      assertEquals(text(), actual, () -> "golden/" + path);
    }
  }

  private void write(String text) {
    try {
      Files.createDirectories(file().toAbsolutePath().getParent());
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing the golden file " + path, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the golden file " + file, e);
    }
  }

  private Path file() {
    return Path.of(System.getProperty("tidemark.root", "."))
        .resolve("shared-protocol/src/test/resources/golden")
        .resolve(path);
  }
}

package dev.tidemark.server.bench;

import dev.tidemark.server.bench.VectorData.Source;
import dev.tidemark.server.embedding.BundledModel;
import dev.tidemark.server.embedding.TextModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lines of a real chat, and their vectors by the model that comes with the program. */
final class ChatVectors {
  private static final int MOST_LINES = 12_000;
  private static final int LEAST_CHARACTERS = 25;

  private ChatVectors() {}

  /** The folder with logs ({@code *.raw.txt}), or null. */
  static @Nullable Path folder() {
    String given = System.getenv("TIDEMARK_BENCH_CHAT");
    Path folder =
        given == null
            ? Path.of(
                System.getProperty("tidemark.root", "."), "..", "shared", "data", "ubuntu-irc")
            : Path.of(given);
    return Files.isDirectory(folder) ? folder : null;
  }

  /** What people said, without times and names. */
  static List<String> lines(Path folder, int most) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs = files.filter(file -> file.toString().endsWith(".raw.txt")).sorted().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path log : logs) {
      for (String line : Files.readString(log, StandardCharsets.UTF_8).split("\n")) {
        String said = line.replaceFirst("^\\[[0-9:]+\\] <[^>]*> ", "");
        if (lines.size() < most && !said.equals(line) && said.length() >= LEAST_CHARACTERS) {
          lines.add(said);
        }
      }
    }
    return lines;
  }

  static @Nullable Source source() throws IOException {
    Path folder = folder();
    return folder == null ? null : new Chat(lines(folder, MOST_LINES));
  }

  /** Embeds at the first use. */
  private static final class Chat implements Source {
    private final List<String> lines;
    private final List<float[]> vectors = new ArrayList<>();

    Chat(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public String name() {
      return String.format("chat, %,d x 384 by MiniLM", lines.size());
    }

    @Override
    public int count() {
      return lines.size();
    }

    @Override
    public int dimensions() {
      return 384;
    }

    @Override
    public float[] vector(int number) {
      if (vectors.isEmpty()) {
        try (TextModel model = BundledModel.load()) {
          for (int from = 0; from < lines.size(); from += TextModel.MOST_TEXTS) {
            vectors.addAll(
                model.embed(
                    lines.subList(from, Math.min(from + TextModel.MOST_TEXTS, lines.size()))));
          }
        }
      }
      return vectors.get(number);
    }

    @Override
    public List<float[]> queries(int wanted) {
      List<float[]> queries = new ArrayList<>();
      for (int i = 0; i < wanted; i++) {
        queries.add(vector(i * (lines.size() / wanted)));
      }
      return queries;
    }
  }
}

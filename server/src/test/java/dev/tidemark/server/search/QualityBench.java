package dev.tidemark.server.search;

import dev.tidemark.server.embedding.ModelOnDisk;
import dev.tidemark.server.library.split.SplitSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How good search is: {@code ./run bench quality [tune] FOLDER...}. A folder with {@code
 * *.annotation.txt} files is chat, any other a bare repository with Markdown.
 *
 * <p>Every corpus is either for tuning (dev) or held out (test). Of chat the five logs with the
 * most annotations are for tuning and the next five are held out; of repositories the first is for
 * tuning and the others are held out. With {@code tune} the settings that were tried are measured
 * too, on dev alone.
 */
public final class QualityBench {
  private static final int QUERIES = 600;
  private static final int LOGS = 5;
  private static final List<SplitSize> SIZES =
      List.of(
          new SplitSize(120, 180, 20),
          new SplitSize(160, 240, 30),
          new SplitSize(220, 260, 30),
          new SplitSize(220, 360, 0),
          new SplitSize(220, 360, 60),
          new SplitSize(300, 450, 30));

  private QualityBench() {}

  /** A corpus with its part. */
  private record Part(Path source, boolean chat, boolean dev) {
    QualityCorpus read(SplitSize size) throws IOException {
      return chat
          ? ChatCorpus.read(source, dev ? 0 : LOGS, LOGS, QUERIES)
          : DocumentationCorpus.read(source, size, QUERIES);
    }

    String label() {
      return dev ? "dev" : "test";
    }
  }

  /** Prints the table. */
  public static void run(List<String> arguments, Path cache) throws Exception {
    boolean tune = !arguments.isEmpty() && arguments.getFirst().equals("tune");
    List<Path> sources = arguments.stream().skip(tune ? 1 : 0).map(Path::of).toList();
    if (sources.isEmpty()) {
      System.out.println(
          """
          ./run bench quality [tune] FOLDER...: bare git repositories with Markdown, the first of them
          for tuning (dev) and the others held out (test), and folders of annotated chat logs, five
          logs for tuning and five held out. 'tune' measures other settings too, on dev alone.\
          """);
      return;
    }
    System.out.println(Figures.header());
    try (ModelOnDisk model = new ModelOnDisk(cache)) {
      for (Part part : parts(sources)) {
        measure(part, SplitSize.DEFAULT, model, tune && part.dev());
        for (SplitSize size : tune && part.dev() && !part.chat() ? SIZES : List.<SplitSize>of()) {
          measure(part, size, model, false);
        }
      }
    }
  }

  private static List<Part> parts(List<Path> sources) throws IOException {
    List<Part> parts = new ArrayList<>();
    boolean dev = true;
    for (Path source : sources) {
      if (isChat(source)) {
        parts.add(new Part(source, true, true));
        parts.add(new Part(source, true, false));
      } else {
        parts.add(new Part(source, false, dev));
        dev = false;
      }
    }
    return parts;
  }

  private static boolean isChat(Path source) throws IOException {
    try (var files = Files.list(source)) {
      return files.anyMatch(file -> file.toString().endsWith(".annotation.txt"));
    }
  }

  private static void measure(Part part, SplitSize size, ModelOnDisk model, boolean tune)
      throws Exception {
    QualityCorpus corpus = part.read(size);
    Path data = Files.createTempDirectory("tidemark-quality");
    try (QualityIndex index = new QualityIndex(data, corpus, model)) {
      String name = part.label() + " " + corpus.name() + " " + corpus.texts().size();
      String sized = size.equals(SplitSize.DEFAULT) ? "" : " " + size;
      for (Mode mode : List.of(Mode.KEYWORD, Mode.SEMANTIC, Mode.HYBRID)) {
        Figures figures = new Figures();
        for (QualityCorpus.Query query : corpus.queries()) {
          figures.add(index.ranking(query, mode, Fusion.MEASURED), query.relevant());
        }
        System.out.println(figures.line(name, mode.wire() + sized));
      }
      if (tune) {
        fusions(corpus, index, name);
      }
    }
  }

  /** How the constants of the fusion change the figures. */
  private static void fusions(QualityCorpus corpus, QualityIndex index, String name) {
    record Both(QualityCorpus.Query query, List<Ranked> words, List<Ranked> meaning) {}
    List<Both> rankings = new ArrayList<>();
    for (QualityCorpus.Query query : corpus.queries()) {
      rankings.add(
          new Both(query, index.byWords(query, Mode.HYBRID), index.byMeaning(query, Mode.HYBRID)));
    }
    for (double constant : new double[] {3, 5, 10, 20, 60}) {
      for (double weight : new double[] {0.5, 0.7, 1, 1.3, 1.6, 2}) {
        Fusion fusion = new Fusion(constant, weight);
        Figures figures = new Figures();
        for (Both both : rankings) {
          figures.add(
              index.order(both.query(), both.words(), both.meaning(), fusion),
              both.query().relevant());
        }
        System.out.println(figures.line(name, "constant " + constant + ", words " + weight));
      }
    }
  }
}

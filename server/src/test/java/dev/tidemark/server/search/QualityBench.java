package dev.tidemark.server.search;

import dev.tidemark.server.embedding.ModelOnDisk;
import dev.tidemark.server.library.split.SplitSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How good search is: {@code ./run bench quality [GIT-FOLDER | CHAT-FOLDER]...}. A folder with
 * {@code *.annotation.txt} files is chat, any other a bare repository with Markdown.
 */
public final class QualityBench {
  private static final int QUERIES = 600;
  private static final int LOGS = 5;

  private QualityBench() {}

  /** Prints the table. */
  public static void run(List<Path> sources, Path cache) throws Exception {
    if (sources.isEmpty()) {
      System.out.println(
          "./run bench quality FOLDER...: bare git repositories with Markdown, folders of annotated"
              + " chat logs");
      return;
    }
    System.out.println(Figures.header());
    try (ModelOnDisk model = new ModelOnDisk(cache)) {
      for (Path source : sources) {
        measure(read(source), model);
      }
    }
  }

  private static QualityCorpus read(Path source) throws IOException {
    try (var files = Files.list(source)) {
      boolean chat = files.anyMatch(file -> file.toString().endsWith(".annotation.txt"));
      return chat
          ? ChatCorpus.read(source, LOGS, QUERIES)
          : DocumentationCorpus.read(source, SplitSize.DEFAULT, QUERIES);
    }
  }

  private static void measure(QualityCorpus corpus, ModelOnDisk model) throws Exception {
    Path data = Files.createTempDirectory("tidemark-quality");
    try (QualityIndex index = new QualityIndex(data, corpus, model)) {
      String name = corpus.name() + " " + corpus.texts().size();
      for (Mode mode : List.of(Mode.KEYWORD, Mode.SEMANTIC, Mode.HYBRID)) {
        Figures figures = new Figures();
        for (QualityCorpus.Query query : corpus.queries()) {
          figures.add(index.ranking(query, mode, Fusion.MEASURED), query.relevant());
        }
        System.out.println(figures.line(name, mode.wire()));
      }
      if (Boolean.getBoolean("tidemark.tune")) {
        tune(corpus, index, name);
      }
    }
  }

  /** How the constants of the fusion change the figures. */
  private static void tune(QualityCorpus corpus, QualityIndex index, String name) {
    record Both(QualityCorpus.Query query, List<Ranked> words, List<Ranked> meaning) {}
    List<Both> rankings = new ArrayList<>();
    for (QualityCorpus.Query query : corpus.queries()) {
      rankings.add(
          new Both(query, index.byWords(query, Mode.HYBRID), index.byMeaning(query, Mode.HYBRID)));
    }
    for (double constant : new double[] {1, 3, 5, 10, 20, 60}) {
      for (double[] weights :
          new double[][] {
            {0.5, 0.3}, {0.5, 0.5}, {0.7, 0.5}, {1, 0.3}, {1, 0.5}, {1, 0.7}, {1, 1}
          }) {
        Fusion fusion = new Fusion(constant, weights[0], weights[1]);
        Figures figures = new Figures();
        for (Both both : rankings) {
          figures.add(
              index.order(both.query(), both.words(), both.meaning(), fusion),
              both.query().relevant());
        }
        System.out.println(
            figures.line(name, "k=" + constant + " all=" + weights[0] + " some=" + weights[1]));
      }
    }
  }
}

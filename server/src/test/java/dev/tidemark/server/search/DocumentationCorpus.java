package dev.tidemark.server.search;

import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.Piece;
import dev.tidemark.server.library.split.SplitSize;
import dev.tidemark.server.library.split.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Known-item retrieval over a repository's Markdown: the query is a section's heading, what is
 * indexed is the section without it, below the headings it stands under.
 */
final class DocumentationCorpus {
  private static final String SEPARATOR = " › ";
  private static final int SHORTEST_SECTION_CHARACTERS = 150;
  private static final int LARGEST_FILE_BYTES = 400_000;

  private final List<QualityCorpus.Text> texts = new ArrayList<>();
  private final Map<String, Long> groups = new HashMap<>();
  private final Map<String, Integer> characters = new HashMap<>();
  private final Map<String, String> headings = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  private DocumentationCorpus() {}

  static QualityCorpus read(Path gitFolder, SplitSize size, int limit) throws IOException {
    DocumentationCorpus corpus = new DocumentationCorpus();
    FileRules rules = new FileRules(size);
    try (Repository repository =
            new FileRepositoryBuilder().setGitDir(gitFolder.toFile()).setMustExist(true).build();
        RevWalk walk = new RevWalk(repository);
        TreeWalk tree = new TreeWalk(repository)) {
      RevCommit commit = walk.parseCommit(repository.resolve("HEAD"));
      tree.addTree(commit.getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        Splitter splitter = rules.splitterFor(tree.getPathString());
        if (tree.getPathString().endsWith(".md") && splitter != null) {
          byte[] bytes = repository.open(tree.getObjectId(0)).getBytes(LARGEST_FILE_BYTES);
          corpus.add(
              tree.getPathString(), splitter.split(new String(bytes, StandardCharsets.UTF_8)));
        }
      }
    }
    return new QualityCorpus(nameOf(gitFolder), Kind.SNIPPET, corpus.texts, corpus.queries(limit));
  }

  /** The repository's folder, or the one that holds it where its own name says nothing. */
  private static String nameOf(Path gitFolder) {
    Path folder = gitFolder.toAbsolutePath().normalize();
    String name = folder.getFileName().toString();
    Path parent = folder.getParent();
    boolean plain = name.equals(".git") || name.equals("repo");
    String telling =
        plain && parent != null && parent.getFileName() != null
            ? parent.getFileName().toString()
            : name;
    return telling.length() > 24 ? telling.substring(0, 24) : telling;
  }

  private void add(String path, List<Piece> pieces) {
    for (Piece piece : pieces) {
      int cut = piece.title().lastIndexOf(SEPARATOR);
      String parents = cut < 0 ? "" : piece.title().substring(0, cut);
      String heading = cut < 0 ? piece.title() : piece.title().substring(cut + SEPARATOR.length());
      String body = withoutHeadingLine(piece.body(), heading);
      if (body.isBlank()) {
        continue;
      }
      String section = path + "\n" + piece.title();
      boolean first = !groups.containsKey(section);
      long group = groups.computeIfAbsent(section, x -> groups.size() + 1L);
      texts.add(new QualityCorpus.Text(parents, body, group));
      if (cut >= 0) {
        if (first) {
          uses.merge(heading.toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        headings.put(section, heading);
        characters.merge(section, body.length(), Integer::sum);
      }
    }
  }

  private static String withoutHeadingLine(String body, String heading) {
    String first = body.lines().findFirst().orElse("");
    boolean repeats = first.startsWith("#") && first.contains(heading);
    return repeats ? body.substring(first.length()).strip() : body;
  }

  /** Headings of two words or more that stand once, of sections that say something. */
  private List<QualityCorpus.Query> queries(int limit) {
    List<QualityCorpus.Query> queries = new ArrayList<>();
    for (Map.Entry<String, Long> entry : new TreeMap<>(groups).entrySet()) {
      String section = entry.getKey();
      String heading = headings.getOrDefault(section, "");
      boolean telling =
          heading.matches(".*\\p{L}{2,}.*\\s.*\\p{L}{2,}.*")
              && characters.getOrDefault(section, 0) >= SHORTEST_SECTION_CHARACTERS
              && uses.getOrDefault(heading.toLowerCase(Locale.ROOT), 0) == 1;
      if (telling) {
        queries.add(new QualityCorpus.Query(heading, Set.of(entry.getValue()), 0));
      }
    }
    return Sampling.of(queries, limit);
  }
}

package dev.tidemark.server.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Retrieval in chat: the query is a message, relevant is every other message of its conversation,
 * that is, all that annotations tie to it, directly or through others.
 */
final class ChatCorpus {
  private static final Pattern LINE = Pattern.compile("\\[\\d\\d:\\d\\d\\] <([^>]+)> (.*)");
  private static final Pattern TIE = Pattern.compile("(\\d+)\\s+(\\d+)\\s+-.*");
  private static final int SHORTEST_QUERY_WORDS = 6;
  private static final int FEWEST_RELEVANT = 2;

  private final List<QualityCorpus.Text> texts = new ArrayList<>();
  private final Map<Long, Long> leaders = new HashMap<>();
  private final Set<Long> annotated = new HashSet<>();

  private ChatCorpus() {}

  /** The logs with the most annotations, {@code logs} of them behind the first {@code skip}. */
  static QualityCorpus read(Path folder, int skip, int logs, int limit) throws IOException {
    ChatCorpus corpus = new ChatCorpus();
    List<Path> annotations;
    try (Stream<Path> files = Files.list(folder)) {
      annotations =
          files
              .filter(file -> file.toString().endsWith(".annotation.txt"))
              .sorted(
                  Comparator.comparingLong(ChatCorpus::size)
                      .reversed()
                      .thenComparing(Comparator.naturalOrder()))
              .skip(skip)
              .limit(logs)
              .toList();
    }
    for (Path annotation : annotations) {
      corpus.add(annotation);
    }
    return new QualityCorpus("chat", Kind.MESSAGE, corpus.texts, corpus.queries(limit));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private void add(Path annotation) throws IOException {
    Path log =
        annotation.resolveSibling(
            annotation.getFileName().toString().replace(".annotation.txt", ".raw.txt"));
    String[] lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n");
    Map<Integer, Long> numbers = new HashMap<>();
    for (int i = 0; i < lines.length; i++) {
      Matcher line = LINE.matcher(lines[i].strip());
      if (line.matches() && !line.group(2).isBlank()) {
        long number = texts.size() + 1L;
        texts.add(new QualityCorpus.Text(line.group(1), line.group(2), number));
        numbers.put(i, number);
      }
    }
    for (String line : Files.readAllLines(annotation)) {
      Matcher tie = TIE.matcher(line.strip());
      if (tie.matches()) {
        Long from = numbers.get(Integer.parseInt(tie.group(1)));
        Long to = numbers.get(Integer.parseInt(tie.group(2)));
        if (from != null && to != null) {
          annotated.add(from);
          annotated.add(to);
          leaders.put(leader(from), leader(to));
        }
      }
    }
  }

  private long leader(long number) {
    long up = leaders.getOrDefault(number, number);
    return up == number ? number : leader(up);
  }

  private List<QualityCorpus.Query> queries(int limit) {
    Map<Long, Set<Long>> conversations = new HashMap<>();
    for (long number : annotated) {
      conversations.computeIfAbsent(leader(number), x -> new HashSet<>()).add(number);
    }
    List<QualityCorpus.Query> queries = new ArrayList<>();
    for (long number : annotated.stream().sorted().toList()) {
      String text = texts.get((int) number - 1).body();
      Set<Long> relevant = new HashSet<>(conversations.getOrDefault(leader(number), Set.of()));
      relevant.remove(number);
      if (text.split("\\s+").length >= SHORTEST_QUERY_WORDS && relevant.size() >= FEWEST_RELEVANT) {
        queries.add(new QualityCorpus.Query(text, relevant, number));
      }
    }
    return Sampling.of(queries, limit);
  }
}

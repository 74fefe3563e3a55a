package dev.tidemark.server.bench;

import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.embedding.EmbeddingSettings;
import dev.tidemark.server.embedding.EmbeddingTables;
import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.SplitSize;
import dev.tidemark.server.library.split.Splitter;
import dev.tidemark.server.node.Node;
import dev.tidemark.server.node.NodeSettings;
import dev.tidemark.server.storage.IndexSettings;
import dev.tidemark.server.stream.StreamLimits;
import dev.tidemark.server.vector.VectorSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Hybrid search over HTTP in 50,000 snippets, query embedding included, on a quiet server and
 * beside indexing: a splitter that never rests, its short writes, and the embedder behind them. The
 * words of the snippets are those of this repository's documentation, in their frequencies; stored
 * vectors are made up (500 clusters), because the model would take minutes.
 */
final class SearchBench {
  private static final int SNIPPETS = 50_000;
  private static final int SNIPPETS_OF_BLOB = 10;
  private static final int BATCH = 100;
  private static final int CLUSTERS = 500;
  private static final int WORDS_OF_SNIPPET = 60;
  private static final int QUERIES = 300;
  private static final int WARM_UP = 60;

  private final Node node;
  private final String token;
  private final String[] words;
  private final Random random = new Random(7);
  private final float[][] centres;

  private SearchBench(Node node, String[] words) {
    this.node = node;
    this.words = words.clone();
    this.token = node.storage().accounts().createToken("bench", false);
    this.centres = new float[CLUSTERS][];
    for (int i = 0; i < CLUSTERS; i++) {
      centres[i] = unit(gaussian(new float[384], 1));
    }
  }

  static void run(Path root) throws Exception {
    String text = documentation(root);
    Path data = Files.createTempDirectory("tidemark-bench");
    NodeSettings settings =
        new NodeSettings(
            data,
            new HttpSettings("127.0.0.1", 0, null),
            StreamLimits.DEFAULT,
            new EmbeddingSettings.Minilm(),
            new IndexSettings(0, List.of()));
    try (Node node = new Node(settings, Clock.systemUTC())) {
      SearchBench bench = new SearchBench(node, text.split("[^\\p{L}\\p{N}]+"));
      bench.seed();
      System.out.println(Row.header());
      System.out.println(bench.measure("hybrid search over HTTP, 50,000 snippets, quiet").line());
      AtomicBoolean stopped = new AtomicBoolean();
      Thread indexing = Thread.ofPlatform().start(() -> bench.index(text, stopped));
      System.out.println(bench.measure("hybrid search over HTTP, beside indexing").line());
      stopped.set(true);
      indexing.join();
    }
  }

  private static String documentation(Path root) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
        text.append(Files.readString(file)).append('\n');
      }
    }
    return text.toString();
  }

  private VectorSet activeSet() {
    VectorSet set = node.embeddings().activeSet(EmbeddingTables.SNIPPET);
    while (set == null) {
      LockSupport.parkNanos(50_000_000);
      set = node.embeddings().activeSet(EmbeddingTables.SNIPPET);
    }
    return set;
  }

  private void seed() throws InterruptedException {
    VectorSet set = activeSet();
    write(transaction -> {
      run(
          transaction,
          "insert into library (number, id, source, title, created_at)"
              + " values (1, 'bench', 'bench', 'Bench', 1)");
      run(
          transaction,
          "insert into tree (number, library, commit_id, rules, complete, files,"
              + " snippets) values (1, 1, 'c', 'r', 1, 1, 1)");
      run(
          transaction,
          "insert into library_version (library, name, commit_id, committed_at, tree)"
              + " values (1, 'v1', 'c', 1, 1)");
    });
    for (int from = 1; from <= SNIPPETS; from += BATCH) {
      int first = from;
      write(transaction -> {
        for (int number = first; number < first + BATCH; number++) {
          addSnippet(transaction, number, true);
          node.storage().vectors().put(transaction, set, number, 0, vector());
        }
      });
    }
    boolean more = true;
    while (more) {
      more = node.storage().vectors().pack(set);
    }
  }

  private void addSnippet(WriteTransaction transaction, int number, boolean covered)
      throws SQLException {
    int blob = number / SNIPPETS_OF_BLOB + 1;
    PreparedStatement insert =
        transaction.prepare(
            "insert into snippet (number, hash, kind, title, body, tokens, embed_gen)"
                + " values (?1, ?2, 1, ?3, ?4, 80, (select number from embed_generation"
                + " where state = 'active' and ?5))");
    insert.setInt(1, number);
    insert.setBytes(2, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    insert.setString(3, text(4));
    insert.setString(4, text(WORDS_OF_SNIPPET));
    insert.setBoolean(5, covered);
    insert.executeUpdate();
    if (number % SNIPPETS_OF_BLOB == 0 || number == 1) { // the first of its blob
      run(
          transaction,
          "insert into blob (number, object_id, splitter, complete) values (?1, ?1, 's', 1)",
          blob);
      run(
          transaction,
          "insert into tree_file (tree, path, blob) values (1, 'docs/' || ?1 || '.md', ?1)",
          blob);
    }
    run(
        transaction,
        "insert into blob_snippet (blob, ordinal, snippet, start_line) values (?, ?, ?, 1)",
        blob,
        number % SNIPPETS_OF_BLOB,
        number);
  }

  /** Cuts documentation without rest and stores what comes of it, fifty snippets at a time. */
  private void index(String text, AtomicBoolean stopped) {
    Splitter splitter = new FileRules(SplitSize.DEFAULT).splitterFor("docs/all.md");
    int next = SNIPPETS + 1;
    try {
      while (splitter != null && !stopped.get()) {
        for (int i = 0; i < 20; i++) {
          splitter.split(text);
        }
        int first = next;
        write(transaction -> {
          for (int number = first; number < first + 50; number++) {
            addSnippet(transaction, number, false);
          }
        });
        next += 50;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Row measure(String what) throws IOException, InterruptedException {
    Samples samples = new Samples();
    List<Double> rates = new ArrayList<>();
    double cpu = 0;
    long start = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < WARM_UP + QUERIES; i++) {
        if (i == WARM_UP) {
          start = System.nanoTime();
          cpu = Cpu.micros();
        }
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create(
                        "http://localhost:"
                            + node.port()
                            + "/api/v1/search?q="
                            + URLEncoder.encode(
                                text(2 + random.nextInt(5)), StandardCharsets.UTF_8)))
                .header("Authorization", "Bearer " + token)
                .build();
        long asked = System.nanoTime();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (i >= WARM_UP) {
          samples.add(System.nanoTime() - asked);
        }
        if (answer.statusCode() != 200 || !answer.body().contains("\"mode\":\"hybrid\"")) {
          throw new IllegalStateException(answer.body());
        }
      }
    }
    rates.add(QUERIES * 1e9 / (System.nanoTime() - start));
    return new Row(
        what,
        rates,
        (Cpu.micros() - cpu) / QUERIES,
        samples.percentileMillis(0.5),
        samples.percentileMillis(0.99),
        "p50 <= 60 ms, p99 <= 150 ms");
  }

  private String text(int count) {
    StringBuilder text = new StringBuilder();
    while (count > 0) {
      int run = Math.min(count, 1 + random.nextInt(6));
      int from = random.nextInt(words.length - run);
      for (int i = from; i < from + run; i++) {
        text.append(words[i]).append(' ');
      }
      count -= run;
    }
    return text.isEmpty() || text.toString().isBlank() ? "tidemark" : text.toString().strip();
  }

  private float[] vector() {
    float[] noise = gaussian(new float[384], 0.05f);
    float[] centre = centres[random.nextInt(CLUSTERS)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] += centre[i];
    }
    return unit(noise);
  }

  private float[] gaussian(float[] vector, float scale) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian() * scale;
    }
    return vector;
  }

  private static float[] unit(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += value * value;
    }
    float length = (float) Math.sqrt(sum);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private interface Step {
    void run(WriteTransaction transaction) throws SQLException;
  }

  private void write(Step step) throws InterruptedException {
    node.storage()
        .writer()
        .writeInBackground(transaction -> {
          step.run(transaction);
          return new Verdict.Keep<>(true);
        });
  }

  private static void run(WriteTransaction transaction, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = transaction.prepare(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }
}

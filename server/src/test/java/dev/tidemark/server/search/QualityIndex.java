package dev.tidemark.server.search;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.embedding.EmbeddedText;
import dev.tidemark.server.embedding.EmbeddingTables;
import dev.tidemark.server.embedding.ModelOnDisk;
import dev.tidemark.server.embedding.QueryVector;
import dev.tidemark.server.storage.Storage;
import dev.tidemark.server.vector.VectorSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A corpus in a real database: the tables, full-text indexes and vectors that a server has. */
final class QualityIndex implements AutoCloseable {
  private static final int BATCH = 200;
  private static final String SPACE = "space";
  private static final int SCOPE = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Storage storage;
  private final ModelOnDisk model;
  private final QualityCorpus corpus;
  private final VectorSet set;

  QualityIndex(Path data, QualityCorpus corpus, ModelOnDisk model)
      throws IOException, InterruptedException {
    this.storage = new Storage(DataFolder.open(data), Clock.systemUTC());
    this.model = model;
    this.corpus = corpus;
    model.learn(corpus.texts().stream().map(this::embedded).toList());
    model.learn(
        corpus.queries().stream().map(query -> EmbeddedText.ofQuery(query.text())).toList());
    int kind = corpus.kind() == Kind.MESSAGE ? EmbeddingTables.MESSAGE : EmbeddingTables.SNIPPET;
    set = write(transaction -> storage.vectors().open(transaction, 1, kind, model.dimensions()));
    for (int from = 0; from < corpus.texts().size(); from += BATCH) {
      int first = from;
      write(transaction -> {
        add(transaction, first, Math.min(first + BATCH, corpus.texts().size()));
        return true;
      });
    }
    if (!storage.fullText().await(PATIENCE)) {
      throw new IllegalStateException("words are not indexed after " + PATIENCE);
    }
    boolean more = true;
    while (more) {
      more = storage.vectors().pack(set);
    }
  }

  private interface Step<T> {
    T run(WriteTransaction transaction) throws SQLException;
  }

  private <T> T write(Step<T> step) throws InterruptedException {
    return storage
        .writer()
        .writeInBackground(transaction -> new Verdict.Keep<>(step.run(transaction)));
  }

  private String embedded(QualityCorpus.Text text) {
    return corpus.kind() == Kind.MESSAGE
        ? EmbeddedText.ofMessage(text.title(), text.body())
        : EmbeddedText.ofSnippet(text.title(), text.body());
  }

  private void add(WriteTransaction transaction, int from, int to) throws SQLException {
    for (int i = from; i < to; i++) {
      QualityCorpus.Text text = corpus.texts().get(i);
      if (corpus.kind() == Kind.MESSAGE) {
        addMessage(transaction, i + 1, text);
      } else {
        addSnippet(transaction, i + 1, text);
      }
      float[] vector = model.vector(embedded(text));
      storage.vectors().put(transaction, set, i + 1, SCOPE, vector);
    }
  }

  private static void addMessage(WriteTransaction transaction, long number, QualityCorpus.Text text)
      throws SQLException {
    PreparedStatement insert =
        transaction.prepare(
            """
            insert into message (number, space, id, channel, author, body, order_key, state,
              created_at, deleted, pinned, replies, reactions, version, embed_gen)
            values (?1, ?2, 'm' || ?1, 'c', ?3, ?4, ?1, 0, 0, 0, 0, 0, 0, 1, 1)
            """);
    insert.setLong(1, number);
    insert.setString(2, SPACE);
    insert.setString(3, text.title());
    insert.setString(4, text.body());
    insert.executeUpdate();
  }

  private static void addSnippet(WriteTransaction transaction, long number, QualityCorpus.Text text)
      throws SQLException {
    PreparedStatement insert =
        transaction.prepare(
            """
            insert into snippet (number, hash, kind, title, body, tokens, embed_gen)
            values (?1, ?4, 1, ?2, ?3, 1, 1)
            """);
    insert.setLong(1, number);
    insert.setString(2, text.title());
    insert.setString(3, text.body());
    insert.setBytes(4, Long.toString(number).getBytes(StandardCharsets.UTF_8));
    insert.executeUpdate();
  }

  private Reach reach() {
    return new Reach(Set.of(SPACE), "[\"" + SPACE + "\"]", Set.of(SCOPE), null);
  }

  /** Groups in the order of a mode's ranking, without the text that the query was taken from. */
  List<Long> ranking(QualityCorpus.Query query, Mode mode, Fusion fusion) {
    return order(query, byWords(query, mode), byMeaning(query, mode), fusion);
  }

  List<Long> order(
      QualityCorpus.Query query, List<Ranked> words, List<Ranked> meaning, Fusion fusion) {
    return fusion.fuse(Map.of(corpus.kind(), words), Map.of(corpus.kind(), meaning)).stream()
        .map(Fusion.Candidate::number)
        .filter(number -> number != query.self())
        .map(number -> corpus.texts().get((int) (number - 1)).group())
        .distinct()
        .toList();
  }

  List<Ranked> byWords(QualityCorpus.Query query, Mode mode) {
    if (mode == Mode.SEMANTIC
        || !(QueryText.parse(query.text(), false) instanceof QueryText.Query parsed)) {
      return List.of();
    }
    WordRanking words = new WordRanking(new TermCounts(() -> 0));
    return storage
        .readers()
        .read(reader -> words.rank(reader, corpus.kind(), parsed, reach(), SearchEngine.DEPTH));
  }

  List<Ranked> byMeaning(QualityCorpus.Query query, Mode mode) {
    if (mode == Mode.KEYWORD) {
      return List.of();
    }
    QueryVector.Ready vector =
        new QueryVector.Ready(
            model.vector(EmbeddedText.ofQuery(query.text())),
            Map.of(
                corpus.kind() == Kind.MESSAGE ? EmbeddingTables.MESSAGE : EmbeddingTables.SNIPPET,
                set));
    Meaning meaning = new VectorMeaning(text -> vector, storage.vectors(), storage.readers());
    return switch (meaning.rank(query.text(), Set.of(corpus.kind()), reach(), SearchEngine.DEPTH)) {
      case Meaning.Rankings rankings -> rankings.byKind().getOrDefault(corpus.kind(), List.of());
      case Meaning.Unavailable unavailable -> throw new IllegalStateException(unavailable.reason());
    };
  }

  @Override
  public void close() {
    storage.close();
  }
}

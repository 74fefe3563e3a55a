package dev.tidemark.server.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.database.DataFolder;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.storage.Storage;
import dev.tidemark.server.vector.Neighbour;
import dev.tidemark.server.vector.VectorFilter;
import dev.tidemark.server.vector.VectorSet;
import java.net.URI;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingsTest {
  private static final EmbeddingSettings SMALL = new EmbeddingSettings.Minilm();

  @TempDir Path folder;
  private Storage storage;
  private @Nullable Embeddings embeddings;
  private final AtomicLong skippedMillis = new AtomicLong();
  private final Map<String, LetterModel> models = new ConcurrentHashMap<>();
  private volatile @Nullable ModelFailed cannotOpen;

  /** The time of day, which a test can move on. */
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.now().plusMillis(skippedMillis.get());
        }
      };

  @BeforeEach
  void open() {
    storage = new Storage(DataFolder.open(folder), clock);
  }

  @AfterEach
  void close() {
    stop();
    storage.close();
  }

  private void stop() {
    Embeddings running = embeddings;
    embeddings = null;
    if (running != null) {
      running.close();
    }
  }

  private LetterModel model(String profile) {
    return models.computeIfAbsent(profile, LetterModel::new);
  }

  private Embeddings start(EmbeddingSettings settings) {
    stop();
    Embeddings started =
        new Embeddings(
            storage.writer(),
            storage.readers(),
            storage.vectors(),
            settings,
            its -> {
              ModelFailed failure = cannotOpen;
              if (failure != null) {
                throw failure;
              }
              return model(its instanceof EmbeddingSettings.OpenAi o ? o.model() : its.profile());
            },
            clock,
            Duration.ofHours(24));
    embeddings = started;
    started.start();
    return started;
  }

  private static EmbeddingSettings other(String model) {
    return new EmbeddingSettings.OpenAi(URI.create("http://localhost:1/v1"), model, null);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain");
      }
      Thread.sleep(5);
    }
  }

  private void sql(String sql, Object... values) {
    storage
        .writer()
        .submit(
            0,
            transaction -> {
              PreparedStatement statement = transaction.prepare(sql);
              for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
              }
              statement.executeUpdate();
              return new Verdict.Keep<>(true);
            })
        .join();
  }

  private void message(String id, String body) {
    sql(
        "insert into message (space, id, channel, author, body, order_key, state, created_at,"
            + " deleted, pinned, replies, reactions, version) values"
            + " ('s', ?, 'c', 'a', ?, 1, 1, 1, 0, 0, 0, 0, 1)",
        id,
        body);
  }

  private void edit(String id, String body) {
    sql("update message set body = ?, version = version + 1 where id = ?", body, id);
  }

  private long number(String what) {
    return storage
        .readers()
        .read(reader -> {
          try (ResultSet row = reader.prepare("select " + what).executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
          }
        });
  }

  private long messageNumber(String id) {
    return number("number from message where id = '" + id + "'");
  }

  private static Coverage.OfKind of(Embeddings embeddings, String kind) {
    return embeddings.coverage().generations().getLast().kinds().stream()
        .filter(one -> one.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static boolean complete(Embeddings embeddings) {
    Coverage coverage = embeddings.coverage();
    return !coverage.generations().isEmpty() && coverage.missing() == 0;
  }

  private @Nullable Long nearest(Embeddings embeddings, int kind, String text) {
    if (!(embeddings.queryVector(text) instanceof QueryVector.Ready ready)) {
      return null;
    }
    VectorSet set = ready.sets().get(kind);
    assertNotNull(set);
    List<Neighbour> found =
        storage.vectors().nearest(set, ready.vector(), 1, VectorFilter.EVERYTHING);
    return found.isEmpty() || found.getFirst().similarity() < 0.999
        ? null
        : found.getFirst().number();
  }

  @Test
  void every_kind_is_covered_and_found_and_blank_texts_have_no_vector()
      throws InterruptedException {
    message("m1", "apples and pears");
    message("m2", "  ");
    sql(
        "insert into document_text (space, id, title, body, version) values"
            + " ('s','d','zebra','',1)");
    sql(
        "insert into snippet (hash, kind, title, body, tokens) values (x'01', 1, 'quick', 'fox',"
            + " 3)");
    Embeddings running = start(SMALL);
    await(() -> complete(running));
    assertEquals(new Coverage.OfKind("message", 2, 1, 1, 0), of(running, "message"));
    assertEquals(new Coverage.OfKind("document", 1, 1, 0, 0), of(running, "document"));
    assertEquals(new Coverage.OfKind("snippet", 1, 1, 0, 0), of(running, "snippet"));
    assertEquals("ok", running.coverage().mode());
    assertEquals(
        messageNumber("m1"), nearest(running, EmbeddingTables.MESSAGE, "apples and pears"));
    assertEquals(1, nearest(running, EmbeddingTables.DOCUMENT, "zebra"));
    assertEquals(1, nearest(running, EmbeddingTables.SNIPPET, "quick fox"));
    assertTrue(running.scopeOf("s") > 0);
    assertEquals(0, running.scopeOf("elsewhere"));
  }

  @Test
  void a_message_is_embedded_with_the_name_of_who_wrote_it() throws InterruptedException {
    message("m1", "hello");
    message("m2", "there");
    message("m3", "nobody");
    message("m4", " ");
    sql("update message set author = 'import:jdub' where id in ('m2', 'm4')");
    sql("update message set author = 'b' where id = 'm3'");
    sql("insert into profile (space, user, name) values ('s', 'a', 'Ada'), ('t', 'b', 'Bob')");
    Embeddings running = start(SMALL);
    await(() -> complete(running));
    assertEquals(List.of("Ada: hello", "jdub: there", "nobody"), List.copyOf(model("minilm").read));
    sql("update profile set name = 'Eva'");
    edit("m1", "hello again");
    await(() -> model("minilm").read.contains("Eva: hello again"));
  }

  @Test
  void another_recipe_of_the_text_is_built_beside_the_active_one() throws InterruptedException {
    message("m1", "first");
    Embeddings before = start(SMALL);
    await(() -> complete(before));
    sql("update embed_generation set recipe = recipe - 1");
    start(SMALL);
    await(
        () -> number("recipe from embed_generation where state = 'active'") == EmbeddedText.RECIPE);
    await(() -> number("count(*) from vector_set") == 3);
    assertEquals(List.of("first", "first"), List.copyOf(model("minilm").read));
  }

  @Test
  void a_text_that_changes_while_it_is_embedded_is_not_marked_as_covered()
      throws InterruptedException {
    LetterModel model = model("minilm");
    CountDownLatch gate = new CountDownLatch(1);
    model.gate = gate;
    message("m1", "before");
    message("m2", "other");
    Embeddings running = start(SMALL);
    model.arrived.acquire();
    edit("m1", "after");
    assertEquals(2, running.coverage().missing());
    model.gate = null;
    gate.countDown();
    await(() -> complete(running));
    assertEquals(messageNumber("m1"), nearest(running, EmbeddingTables.MESSAGE, "after"));
    assertNull(nearest(running, EmbeddingTables.MESSAGE, "before"));
    assertTrue(model.read.contains("after"));
  }

  @Test
  void a_row_below_the_watermark_that_changes_is_embedded_again() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      message("m" + i, "text " + "abcdefghij".charAt(i / 10) + "klmnopqrst".charAt(i % 10));
    }
    Embeddings running = start(SMALL);
    await(() -> complete(running));
    edit("m5", "zzzz yyyy");
    await(() -> model("minilm").read.contains("zzzz yyyy"));
    await(() -> complete(running));
    assertEquals(messageNumber("m5"), nearest(running, EmbeddingTables.MESSAGE, "zzzz yyyy"));
    int before = model("minilm").read.size();
    sql("update message set pinned = 1 where id = 'm6'");
    edit("m7", "vvv");
    await(() -> complete(running));
    assertEquals(before + 1, model("minilm").read.size());
  }

  @Test
  void one_bad_text_blocks_nobody_and_stays_missing() throws InterruptedException {
    for (int i = 0; i < 40; i++) {
      message("m" + i, i == 11 ? LetterModel.POISON : "text " + i);
    }
    Embeddings running = start(SMALL);
    await(() -> running.coverage().missing() == 1);
    assertEquals(39, of(running, "message").embedded());
    assertEquals("ok", running.coverage().mode());
    edit("m11", "harmless");
    await(() -> complete(running));
  }

  @Test
  void a_deleted_message_loses_its_vector_at_once_and_numbers_given_again_are_embedded()
      throws InterruptedException {
    message("m1", "first");
    message("m2", "second");
    Embeddings running = start(SMALL);
    await(() -> complete(running));
    sql("update message set body = '', deleted = 1, version = version + 1 where id = 'm1'");
    assertNull(nearest(running, EmbeddingTables.MESSAGE, "first"));
    long last = messageNumber("m2");
    sql("delete from message where id = 'm2'");
    message("m3", "third");
    assertEquals(last, messageNumber("m3"));
    await(() -> complete(running));
    assertEquals(last, nearest(running, EmbeddingTables.MESSAGE, "third"));
    assertNull(nearest(running, EmbeddingTables.MESSAGE, "second"));
    assertEquals(new Coverage.OfKind("message", 1, 1, 0, 0), of(running, "message"));
  }

  @Test
  void nothing_is_embedded_again_after_a_restart() throws InterruptedException {
    message("m1", "first");
    Embeddings before = start(SMALL);
    await(() -> complete(before));
    Embeddings after = start(SMALL);
    message("m2", "second");
    await(() -> model("minilm").read.contains("second"));
    await(() -> complete(after));
    assertEquals(List.of("first", "second"), List.copyOf(model("minilm").read));
    assertEquals(1, after.coverage().generations().size());
  }

  @Test
  void a_new_model_builds_beside_the_active_one_and_takes_over_when_it_is_complete()
      throws InterruptedException {
    for (int i = 0; i < 80; i++) {
      message("m" + i, "text " + "abcdefghij".charAt(i / 10) + "klmnopqrst".charAt(i % 10));
    }
    Embeddings first = start(SMALL);
    await(() -> complete(first));
    LetterModel next = model("next");
    CountDownLatch gate = new CountDownLatch(1);
    next.gate = gate;
    Embeddings running = start(other("next"));
    next.arrived.acquire();
    message("late", "uvwxyz uvwxyz");
    assertEquals(
        List.of(Generation.State.ACTIVE, Generation.State.BUILDING), states(running.coverage()));
    assertEquals(80, running.coverage().generations().getFirst().kinds().getFirst().embedded());
    assertEquals(messageNumber("m3"), nearest(running, EmbeddingTables.MESSAGE, "text an"));
    next.gate = null;
    gate.countDown();
    await(() -> List.of(Generation.State.ACTIVE).equals(states(running.coverage())));
    assertEquals("next", running.coverage().generations().getFirst().generation().model());
    assertTrue(model("minilm").read.contains("uvwxyz uvwxyz"), "the active one kept up");
    await(() -> number("count(*) from vector_set") == 3);
    assertEquals(81, number("count(*) from vector"));
    assertEquals(messageNumber("late"), nearest(running, EmbeddingTables.MESSAGE, "uvwxyz uvwxyz"));
  }

  private static List<Generation.State> states(Coverage coverage) {
    List<Generation.State> states = new ArrayList<>();
    coverage.generations().forEach(one -> states.add(one.generation().state()));
    return states;
  }

  @Test
  void the_backstop_finds_what_the_watermark_hides() throws InterruptedException {
    message("m1", "first");
    message("m2", "second");
    Embeddings running = start(SMALL);
    await(() -> complete(running));
    sql("update message set embed_gen = null where id = 'm1'");
    message("m3", "third");
    await(() -> model("minilm").read.contains("third"));
    await(() -> running.coverage().missing() == 1);
    skippedMillis.set(Duration.ofHours(25).toMillis());
    await(() -> complete(running));
    sql("update message set embed_gen = null where id = 'm2'");
    running.build(true);
    await(() -> complete(running));
  }

  @Test
  void a_model_that_cannot_be_had_leaves_a_sentence_and_nothing_else_fails()
      throws InterruptedException {
    cannotOpen = new ModelFailed(ModelFailed.Kind.MODEL, "The model file is missing.", null);
    message("m1", "first");
    Embeddings running = start(SMALL);
    await(() -> running.coverage().mode().equals("missing-model"));
    QueryVector.Unavailable why =
        assertInstanceOf(QueryVector.Unavailable.class, running.queryVector("first"));
    assertEquals("The model file is missing.", why.reason());
    cannotOpen = null;
    running.build(false);
    await(() -> complete(running));
    await(() -> running.coverage().mode().equals("ok")); // said once the step is over
    model("minilm").broken = true;
    message("m2", "second");
    await(() -> running.coverage().mode().equals("failing"));
    assertInstanceOf(QueryVector.Unavailable.class, running.queryVector("another"));
    model("minilm").broken = false;
    running.build(false);
    await(() -> complete(running));
  }

  @Test
  void new_texts_need_not_wait_for_the_end_of_a_backlog() throws InterruptedException {
    LetterModel model = model("minilm");
    CountDownLatch gate = new CountDownLatch(1);
    model.gate = gate;
    for (int i = 0; i < 600; i++) {
      message("m" + i, "old " + i);
    }
    start(SMALL);
    model.arrived.acquire();
    CountDownLatch next = new CountDownLatch(1);
    model.gate = next;
    gate.countDown();
    model.arrived.acquire();
    message("new", "brand new");
    model.gate = null;
    next.countDown();
    await(() -> model.read.contains("brand new"));
    List<String> order = List.copyOf(model.read);
    assertTrue(order.indexOf("brand new") < 100, "at " + order.indexOf("brand new"));
  }

  @Test
  void switched_off_means_unavailable_and_no_work() {
    message("m1", "first");
    Embeddings running = start(new EmbeddingSettings.None());
    assertEquals("off", running.coverage().mode());
    assertInstanceOf(QueryVector.Unavailable.class, running.queryVector("first"));
  }
}

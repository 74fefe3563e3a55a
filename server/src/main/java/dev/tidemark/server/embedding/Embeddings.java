package dev.tidemark.server.embedding;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.embedding.Generation.State;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorSet;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The face of this room: vectors for queries, coverage, and the thread that covers what is missing.
 * Safe for use by several threads; none of its methods may be called on the reader pool.
 */
public final class Embeddings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Embeddings.class);

  /** How long a text that was just written waits at most, when nothing else is to do. */
  private static final Duration POLL = Duration.ofMillis(300);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LOADING = Duration.ofSeconds(5);
  private static final Duration BACKSTOP = Duration.ofHours(24);

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final VectorIndex vectors;
  private final EmbeddingSettings settings;
  private final Function<EmbeddingSettings, TextModel> models;
  private final Clock clock;
  private final EmbedWorker worker;
  private final QueryLane queries = new QueryLane();
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final Semaphore wake = new Semaphore(0);
  private final Map<String, TextModel> opened = new HashMap<>(); // guarded by itself

  private volatile Serving serving =
      new Serving.Off("stopped", "Nothing is embedded while no server runs.");

  /** What keeps the worker from its work, or null. */
  private volatile Serving.@Nullable Off hindrance;

  private volatile Serving.@Nullable On target;
  private volatile boolean busy;
  private volatile boolean closing;
  private volatile @Nullable Thread thread;
  private volatile Runnable onBusyChanged = () -> {};

  public Embeddings(
      GroupWriter writer,
      ReaderPool readers,
      VectorIndex vectors,
      EmbeddingSettings settings,
      Clock clock) {
    this(writer, readers, vectors, settings, Models::open, clock, BACKSTOP);
  }

  /**
   * @param models opens the model of settings, or throws {@link ModelFailed}
   */
  Embeddings(
      GroupWriter writer,
      ReaderPool readers,
      VectorIndex vectors,
      EmbeddingSettings settings,
      Function<EmbeddingSettings, TextModel> models,
      Clock clock,
      Duration backstop) {
    this.writer = writer;
    this.readers = readers;
    this.vectors = vectors;
    this.settings = settings;
    this.models = models;
    this.clock = clock;
    this.worker =
        new EmbedWorker(writer, readers, vectors, clock, backstop, queries::isSomebodyWaiting);
  }

  /** Starts the thread that loads the model and then covers what is missing until the end. */
  public void start() {
    if (settings instanceof EmbeddingSettings.None) {
      openForQueries();
      return;
    }
    serving = new Serving.Off("loading", "The embedding model is loading.");
    thread = Thread.ofPlatform().name("embedder").daemon().start(this::work);
  }

  /** For commands that only search: loads the model of the active generation, covers nothing. */
  public void openForQueries() {
    if (settings instanceof EmbeddingSettings.None) {
      serving = new Serving.Off("off", "Embeddings are switched off (--embedding-profile none).");
    } else {
      serving = servingOf(readers.read(Generations::read));
    }
    prepared.countDown();
  }

  private void work() {
    Duration pause = FIRST_PAUSE;
    while (!closing) {
      try {
        Serving.On filled = target == null ? prepare() : target;
        EmbedWorker.Outcome outcome = worker.step(filled, besides(filled));
        setBusy(outcome != EmbedWorker.Outcome.IDLE);
        hindrance = null;
        pause = FIRST_PAUSE;
        if (outcome == EmbedWorker.Outcome.IDLE) {
          activateWhenBuilt(filled);
          await(POLL);
        }
      } catch (ModelFailed e) {
        hindered(target == null ? "missing-model" : "failing", String.valueOf(e.getMessage()));
        pause = rest(pause);
      } catch (DatabaseException e) {
        if (!closing) {
          LOG.error("Embedding was interrupted by the database", e);
          pause = rest(pause);
        }
      } catch (InterruptedException e) {
        closing = true;
      } catch (RuntimeException | Error e) {
        LOG.error("Embedding failed and will be tried again", e);
        hindered("failing", "Embedding failed: " + e + ".");
        pause = rest(pause);
      } finally {
        prepared.countDown();
      }
    }
    setBusy(false);
  }

  private Duration rest(Duration pause) {
    setBusy(false);
    try {
      await(pause);
    } catch (InterruptedException e) {
      closing = true;
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void await(Duration pause) throws InterruptedException {
    if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void hindered(String mode, String reason) {
    Serving.Off before = hindrance;
    if (before == null || !before.reason().equals(reason)) {
      LOG.warn("Nothing is embedded for now: {}", reason);
    }
    hindrance = new Serving.Off(mode, reason);
    if (serving instanceof Serving.Off) {
      serving = new Serving.Off(mode, reason);
    }
  }

  /** Opens the models and finds or makes the generation to fill. */
  private Serving.On prepare() throws InterruptedException {
    serving = servingOf(readers.read(Generations::read));
    prepared.countDown();
    TextModel model = open(settings);
    Generation generation =
        writer.writeInBackground(transaction ->
            new Verdict.Keep<>(
                Generations.target(
                    transaction, vectors, settings.profile(), model, clock.millis())));
    Serving.On filled = on(generation, model);
    target = filled;
    serving = servingOf(readers.read(Generations::read));
    return filled;
  }

  private Serving.On on(Generation generation, TextModel model) {
    Map<Integer, VectorSet> sets = new HashMap<>();
    for (RowKind kind : RowKind.values()) {
      VectorSet set = vectors.find(generation.number(), kind.number);
      if (set != null) {
        sets.put(kind.number, set);
      }
    }
    return new Serving.On(generation, model, sets);
  }

  private Serving servingOf(List<Generation> known) {
    Optional<Generation> active = Generations.inState(known, State.ACTIVE);
    if (active.isEmpty()) {
      return new Serving.Off("loading", "Nothing is embedded yet.");
    }
    EmbeddingSettings its = settingsOf(active.get());
    if (its == null) {
      return new Serving.Off(
          "missing-model",
          "The texts are embedded by " + active.get().model() + ", which is not configured now.");
    }
    try {
      TextModel model = open(its);
      if (model.dimensions() != active.get().dimensions()) {
        return new Serving.Off(
            "missing-model",
            "The model " + active.get().model() + " gives vectors of another length now.");
      }
      return on(active.get(), model);
    } catch (ModelFailed e) {
      return new Serving.Off("missing-model", String.valueOf(e.getMessage()));
    }
  }

  /** How to open the model of an earlier generation with what is configured now, or null. */
  private @Nullable EmbeddingSettings settingsOf(Generation generation) {
    if (generation.profile().equals(settings.profile())
        && !(settings instanceof EmbeddingSettings.OpenAi)) {
      return settings;
    }
    if (generation.profile().equals(new EmbeddingSettings.Minilm().profile())) {
      return new EmbeddingSettings.Minilm();
    }
    return settings instanceof EmbeddingSettings.OpenAi openAi
            && generation.profile().equals(openAi.profile())
        ? new EmbeddingSettings.OpenAi(openAi.url(), generation.model(), openAi.key())
        : null;
  }

  private TextModel open(EmbeddingSettings its) {
    String name =
        its.profile() + (its instanceof EmbeddingSettings.OpenAi openAi ? openAi.model() : "");
    synchronized (opened) {
      TextModel model = opened.get(name);
      if (model == null) {
        model = models.apply(its);
        opened.put(name, model);
      }
      return model;
    }
  }

  /** The active generation when it is not the one being filled. */
  private Serving.@Nullable On besides(Serving.On filled) {
    return serving instanceof Serving.On on && on.active().number() != filled.active().number()
        ? on
        : null;
  }

  private void activateWhenBuilt(Serving.On filled) throws InterruptedException {
    if (filled.active().state() != State.BUILDING) {
      return;
    }
    boolean activated =
        writer.writeInBackground(transaction ->
            new Verdict.Keep<>(Generations.activate(transaction, filled.active(), clock.millis())));
    if (activated) {
      List<Generation> known = readers.read(Generations::read);
      Generation active = Generations.inState(known, State.ACTIVE).orElseThrow();
      Serving.On now = new Serving.On(active, filled.model(), filled.sets());
      target = now;
      serving = now;
      LOG.info("Embeddings by {} are complete and serve from now on", active.model());
    }
  }

  /**
   * The vector of a search by the model of the active generation. Waits a few seconds for a model
   * that is just being loaded.
   */
  public QueryVector queryVector(String text) {
    String query = EmbeddedText.ofQuery(text);
    if (query.isBlank()) {
      return new QueryVector.Unavailable("There is no text to search for.");
    }
    try {
      if (!prepared.await(LOADING.toMillis(), TimeUnit.MILLISECONDS)) {
        return new QueryVector.Unavailable("The embedding model is still loading.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new QueryVector.Unavailable("The search was interrupted.");
    }
    return switch (serving) {
      case Serving.Off off -> new QueryVector.Unavailable(off.reason());
      case Serving.On on -> queries.ask(on, query);
    };
  }

  /** The set that semantic search looks into for a kind of {@link EmbeddingTables}, or null. */
  public @Nullable VectorSet activeSet(int kind) {
    return serving instanceof Serving.On on ? on.sets().get(kind) : null;
  }

  /** Where the vectors are. */
  public VectorIndex vectors() {
    return vectors;
  }

  /** The scope of a space's vectors, or 0 when it has none yet. */
  public int scopeOf(String space) {
    return readers.read(reader -> scope(reader.prepare(EmbedStore.SCOPE), space));
  }

  /** The scopes of spaces, for a filter. */
  public BitSet scopesOf(Collection<String> spaces) {
    return readers.read(reader -> {
      BitSet scopes = new BitSet();
      PreparedStatement find = reader.prepare(EmbedStore.SCOPE);
      for (String space : spaces) {
        int scope = scope(find, space);
        if (scope > 0) {
          scopes.set(scope);
        }
      }
      return scopes;
    });
  }

  private static int scope(PreparedStatement find, String space) throws java.sql.SQLException {
    find.setString(1, space);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** How much is covered at this moment. */
  public Coverage coverage() {
    Serving.Off off = hindrance;
    if (off == null && serving instanceof Serving.Off unavailable) {
      off = unavailable;
    }
    return CoverageQuery.run(
        readers, off == null ? "ok" : off.mode(), off == null ? null : off.reason());
  }

  /**
   * Wakes the worker at once.
   *
   * @param backstop whether it looks at every row again, also below the watermarks
   */
  public void build(boolean backstop) throws InterruptedException {
    if (backstop) {
      writer.writeInBackground(transaction -> {
        for (Generation generation : Generations.read(transaction)) {
          if (generation.state() != State.RETIRED) {
            Generations.rewind(transaction, generation.number(), clock.millis());
          }
        }
        return new Verdict.Keep<>(true);
      });
    }
    wake.release();
  }

  private void setBusy(boolean now) {
    if (busy != now) {
      busy = now;
      onBusyChanged.run();
    }
  }

  /** Who hears, on the embedding thread, that {@link #isEmbedding} has changed. Must be quick. */
  public void onBusyChanged(Runnable listener) {
    onBusyChanged = listener;
  }

  /** Whether the latest look for texts to embed found some. */
  public boolean isEmbedding() {
    return busy;
  }

  /** Waits for the batch under way and closes the models. */
  @Override
  public void close() {
    closing = true;
    wake.release();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    queries.close();
    if (running == null || !running.isAlive()) { // never under a thread that still computes
      synchronized (opened) {
        opened.values().forEach(TextModel::close);
        opened.clear();
      }
    }
  }
}

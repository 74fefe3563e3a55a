package dev.tidemark.server.embedding;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.embedding.EmbedStore.Covered;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scans for rows that the target generation does not cover, and covers them. Each {@link #step}
 * does a little; the thread that calls it, always the same, belongs to {@link Embeddings}.
 *
 * <p>Rows are taken in the order of their numbers, from the watermark up. While a long backlog is
 * worked off, each step also takes a few of the rows that came after the backlog began, so that new
 * texts can be found soon; the scan meets them again later and finds them covered.
 */
final class EmbedWorker {
  /** Rows of one transaction: a few milliseconds of writing. */
  static final int BATCH = 32;

  private static final int FRESH_BATCH = 16;
  private static final int PACKING_STEPS = 4;
  private static final Duration UPKEEP_EVERY = Duration.ofSeconds(1);

  /** What a step came to. */
  enum Outcome {
    /** There may be more to do at once. */
    WORKED,
    /** Everything that can be covered is covered. */
    IDLE
  }

  private final GroupWriter writer;
  private final ReaderPool readers;
  private final VectorIndex vectors;
  private final Clock clock;
  private final Duration backstop;
  private final BooleanSupplier queriesWait;

  /** Rows above this number came after the backlog began and were not yet taken early. */
  private final Map<RowKind, Long> freshAbove = new EnumMap<>(RowKind.class);

  private long upkeepAt;

  EmbedWorker(
      GroupWriter writer,
      ReaderPool readers,
      VectorIndex vectors,
      Clock clock,
      Duration backstop,
      BooleanSupplier queriesWait) {
    this.writer = writer;
    this.readers = readers;
    this.vectors = vectors;
    this.clock = clock;
    this.backstop = backstop;
    this.queriesWait = queriesWait;
  }

  /**
   * A batch of each kind, then upkeep when it is due.
   *
   * @param target the generation to fill, with its model
   * @param serving the active generation when it is another one and its model can be used: rows
   *     that neither covers are embedded for both
   * @throws ModelFailed when a model does not work at all
   */
  Outcome step(Serving.On target, Serving.@Nullable On serving) throws InterruptedException {
    List<Generation> known = readers.read(Generations::read);
    boolean worked = false;
    for (RowKind kind : RowKind.values()) {
      worked |= scan(known, target, serving, kind);
    }
    boolean due = clock.millis() - upkeepAt >= UPKEEP_EVERY.toMillis();
    if (!worked || due) {
      upkeepAt = clock.millis();
      worked |= upkeep(target, serving);
    }
    return worked ? Outcome.WORKED : Outcome.IDLE;
  }

  private boolean scan(
      List<Generation> known, Serving.On target, Serving.@Nullable On serving, RowKind kind)
      throws InterruptedException {
    Generation generation = target.active();
    EmbedScan.Found found =
        readers.read(reader -> EmbedScan.next(reader, known, generation, kind, BATCH));
    if (found.rows().isEmpty()) {
      freshAbove.remove(kind);
      return false;
    }
    EmbedStore store = new EmbedStore(vectors, generation);
    long last = found.rows().getLast().number();
    List<Covered> covered = embed(target, serving, found.rows());
    writer.writeInBackground(transaction -> {
      Long changed = store.stamp(transaction, covered);
      long to = changed == null ? last : Math.min(last, changed);
      store.raise(transaction, kind, found.watermark(), to);
      return new Verdict.Keep<>(true);
    });
    if (found.rows().size() == BATCH) {
      scanFresh(known, target, serving, kind, last);
    }
    return true;
  }

  private void scanFresh(
      List<Generation> known,
      Serving.On target,
      Serving.@Nullable On serving,
      RowKind kind,
      long scanned)
      throws InterruptedException {
    long above =
        freshAbove.computeIfAbsent(
            kind, first -> readers.read(reader -> EmbedScan.greatest(reader, first)));
    if (scanned >= above) {
      freshAbove.remove(kind);
      return;
    }
    List<EmbedRow> rows =
        readers.read(
            reader -> EmbedScan.behind(reader, known, target.active(), kind, above, FRESH_BATCH));
    if (!rows.isEmpty()) {
      freshAbove.put(kind, rows.getLast().number());
      EmbedStore store = new EmbedStore(vectors, target.active());
      List<Covered> covered = embed(target, serving, rows);
      writer.writeInBackground(transaction -> {
        store.stamp(transaction, covered);
        return new Verdict.Keep<>(true);
      });
    }
  }

  /** Rows whose text a model refuses are left out: they stay missing until the next backstop. */
  private List<Covered> embed(
      Serving.On target, Serving.@Nullable On serving, List<EmbedRow> rows) {
    Map<EmbedRow, Map<VectorSet, float[]>> byRow = new HashMap<>();
    List<EmbedRow> refused = addVectors(target, rows, byRow);
    if (serving != null) {
      List<EmbedRow> uncovered = rows.stream().filter(row -> row.stamp() == null).toList();
      addVectors(serving, uncovered, byRow);
    }
    List<Covered> covered = new ArrayList<>(rows.size());
    for (EmbedRow row : rows) {
      if (!refused.contains(row)) {
        covered.add(new Covered(row, byRow.getOrDefault(row, Map.of())));
      }
    }
    return covered;
  }

  private List<EmbedRow> addVectors(
      Serving.On by, List<EmbedRow> rows, Map<EmbedRow, Map<VectorSet, float[]>> byRow) {
    List<EmbedRow> written = rows.stream().filter(row -> !row.text().isBlank()).toList();
    yieldToQueries();
    List<float @Nullable []> found =
        TextVectors.of(by.model(), written.stream().map(EmbedRow::text).toList());
    List<EmbedRow> refused = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      EmbedRow row = written.get(i);
      float[] vector = found.get(i);
      VectorSet set = by.sets().get(row.kind().number);
      if (vector == null || set == null) {
        refused.add(row);
      } else {
        byRow.computeIfAbsent(row, first -> new HashMap<>()).put(set, vector);
      }
    }
    return refused;
  }

  private static final Duration LONGEST_YIELD = Duration.ofMillis(200);

  /** People who search go first, within reason. */
  private void yieldToQueries() {
    long end = System.nanoTime() + LONGEST_YIELD.toNanos();
    while (queriesWait.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private boolean upkeep(Serving.On target, Serving.@Nullable On serving)
      throws InterruptedException {
    boolean worked = false;
    for (VectorSet set : target.sets().values()) {
      worked |= pack(set);
    }
    if (serving != null) {
      for (VectorSet set : serving.sets().values()) {
        worked |= pack(set);
      }
    }
    VectorSet leftover = readers.read(Generations::leftover);
    if (leftover != null) {
      writer.writeInBackground(
          transaction -> new Verdict.Keep<>(vectors.drop(transaction, leftover)));
      worked = true;
    }
    return worked || backstop(target.active());
  }

  private boolean pack(VectorSet set) throws InterruptedException {
    int steps = 0;
    while (steps < PACKING_STEPS && vectors.pack(set)) {
      steps++;
    }
    return steps > 0;
  }

  private boolean backstop(Generation target) throws InterruptedException {
    long now = clock.millis();
    Long last =
        readers.read(Generations::read).stream()
            .filter(generation -> generation.number() == target.number())
            .findFirst()
            .map(Generation::backstopAt)
            .orElse(now);
    if (now - last < backstop.toMillis()) {
      return false;
    }
    writer.writeInBackground(transaction -> {
      Generations.rewind(transaction, target.number(), now);
      return new Verdict.Keep<>(true);
    });
    return true;
  }
}

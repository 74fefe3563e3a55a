package dev.tidemark.server.embedding;

import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.embedding.Generation.State;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorSet;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of generations in the database.
 *
 * <p>The first one is active at once: what is embedded can be found. Each later one is building
 * until it has been over every row; then, in one transaction, it becomes active and the former
 * retired. A row of the table stays for good, so that no number is given twice.
 */
final class Generations {
  private static final String ALL =
      "select number, profile, model, recipe, dimensions, state, created_at, activated_at,"
          + " backstop_at from embed_generation order by number";

  private Generations() {}

  static List<Generation> read(StatementCache reader) throws SQLException {
    return read(reader.prepare(ALL));
  }

  static List<Generation> read(WriteTransaction transaction) throws SQLException {
    return read(transaction.prepare(ALL));
  }

  private static List<Generation> read(PreparedStatement all) throws SQLException {
    List<Generation> generations = new ArrayList<>();
    try (ResultSet row = all.executeQuery()) {
      while (row.next()) {
        generations.add(
            new Generation(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                State.of(row.getString(6)),
                row.getLong(7),
                optional(row, 8),
                optional(row, 9)));
      }
    }
    return generations;
  }

  private static @Nullable Long optional(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static Optional<Generation> inState(List<Generation> generations, State state) {
    return generations.stream().filter(generation -> generation.state() == state).findFirst();
  }

  /**
   * The generation to fill for a model: the active or building one that has its vectors, or a new
   * one. A generation that was building for another model is retired.
   */
  static Generation target(
      WriteTransaction transaction, VectorIndex vectors, String profile, TextModel model, long now)
      throws SQLException {
    List<Generation> known = read(transaction);
    Optional<Generation> same =
        known.stream()
            .filter(generation -> generation.state() != State.RETIRED)
            .filter(generation -> generation.profile().equals(profile))
            .filter(generation -> generation.model().equals(model.name()))
            .filter(generation -> generation.dimensions() == model.dimensions())
            .filter(generation -> generation.recipe() == EmbeddedText.RECIPE)
            .findFirst();
    Optional<Generation> building = inState(known, State.BUILDING);
    if (building.isPresent() && !building.equals(same)) {
      setState(transaction, building.get().number(), State.RETIRED);
    }
    if (same.isPresent()) {
      return same.get();
    }
    boolean first = inState(known, State.ACTIVE).isEmpty();
    transaction.update(
        "insert into embed_generation (profile, model, recipe, dimensions, state, created_at,"
            + " activated_at, backstop_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        profile,
        model.name(),
        EmbeddedText.RECIPE,
        model.dimensions(),
        (first ? State.ACTIVE : State.BUILDING).stored(),
        now,
        first ? now : null,
        now);
    Generation made = read(transaction).getLast();
    for (RowKind kind : RowKind.values()) {
      transaction.update(
          "insert into embed_watermark (generation, kind, number) values (?, ?, 0)",
          made.number(),
          kind.number);
      vectors.open(transaction, made.number(), kind.number, made.dimensions());
    }
    return made;
  }

  private static void setState(WriteTransaction transaction, long number, State state)
      throws SQLException {
    transaction.update(
        "update embed_generation set state = ? where number = ?", state.stored(), number);
  }

  /** Makes a complete generation the active one; false when a row came up meanwhile. */
  static boolean activate(WriteTransaction transaction, Generation complete, long now)
      throws SQLException {
    List<Generation> known = read(transaction);
    for (RowKind kind : RowKind.values()) {
      long watermark = watermark(transaction.prepare(WATERMARK), complete.number(), kind);
      if (anyBehind(transaction.prepare(kind.anyOfStamp), known, complete, watermark)) {
        return false;
      }
    }
    Optional<Generation> active = inState(known, State.ACTIVE);
    if (active.isPresent()) {
      setState(transaction, active.get().number(), State.RETIRED);
    }
    setState(transaction, complete.number(), State.ACTIVE);
    transaction.update(
        "update embed_generation set activated_at = ? where number = ?", now, complete.number());
    return true;
  }

  private static boolean anyBehind(
      PreparedStatement any, List<Generation> known, Generation target, long watermark)
      throws SQLException {
    for (Long stamp : otherStamps(known, target)) {
      any.setObject(1, stamp);
      any.setLong(2, watermark);
      try (ResultSet row = any.executeQuery()) {
        if (row.next() && row.getBoolean(1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The stamps that mean work for a generation: none, and those of the others. */
  static List<@Nullable Long> otherStamps(List<Generation> known, Generation target) {
    List<@Nullable Long> stamps = new ArrayList<>();
    stamps.add(null);
    for (Generation other : known) {
      if (other.number() != target.number()) {
        stamps.add(other.number());
      }
    }
    return stamps;
  }

  static final String WATERMARK =
      "select number from embed_watermark where generation = ? and kind = ?";

  static long watermark(PreparedStatement find, long generation, RowKind kind) throws SQLException {
    find.setLong(1, generation);
    find.setInt(2, kind.number);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Lets the next scan begin at the first row again. */
  static void rewind(WriteTransaction transaction, long generation, long now) throws SQLException {
    transaction.update("update embed_watermark set number = 0 where generation = ?", generation);
    transaction.update(
        "update embed_generation set backstop_at = ? where number = ?", now, generation);
  }

  /** A set of a retired generation that is still there, or null. */
  static @Nullable VectorSet leftover(StatementCache reader) throws SQLException {
    PreparedStatement find =
        reader.prepare(
            "select s.number, s.dimensions from vector_set s join embed_generation g"
                + " on g.number = s.generation where g.state = 'retired' limit 1");
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? new VectorSet(row.getLong(1), row.getInt(2)) : null;
    }
  }
}

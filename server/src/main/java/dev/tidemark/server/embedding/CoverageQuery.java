package dev.tidemark.server.embedding;

import dev.tidemark.server.database.ReaderPool;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.embedding.Generation.State;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts coverage from the rows themselves, all from one state of the file. */
final class CoverageQuery {
  private static final String SET =
      "select number from vector_set where generation = ? and kind = ?";
  private static final String VECTORS = "select count(*) from vector where vector_set = ?";

  private CoverageQuery() {}

  static Coverage run(ReaderPool readers, String mode, @Nullable String reason) {
    return readers.read(reader -> {
      reader.connection().setAutoCommit(false);
      try {
        List<Coverage.OfGeneration> generations = generations(reader);
        return new Coverage(
            mode, reason, generations, mode.equals("off") ? 0 : missing(reader, generations));
      } finally {
        reader.connection().setAutoCommit(true);
      }
    });
  }

  private static long missing(StatementCache reader, List<Coverage.OfGeneration> generations)
      throws SQLException {
    Coverage.OfGeneration newest = null;
    for (Coverage.OfGeneration of : generations) {
      newest = of.generation().state() == State.RETIRED ? newest : of;
    }
    if (newest != null) {
      return newest.missing();
    }
    long live = 0;
    for (RowKind kind : RowKind.values()) {
      live += live(reader, kind);
    }
    return live;
  }

  private static List<Coverage.OfGeneration> generations(StatementCache reader)
      throws SQLException {
    List<Generation> known = Generations.read(reader);
    boolean building = Generations.inState(known, State.BUILDING).isPresent();
    List<Coverage.OfGeneration> generations = new ArrayList<>();
    for (Generation generation : known) {
      List<Coverage.OfKind> kinds = new ArrayList<>();
      for (RowKind kind : RowKind.values()) {
        long set = one(reader, SET, generation.number(), (long) kind.number);
        long embedded = one(reader, VECTORS, set);
        boolean dropped = generation.state() == State.RETIRED && embedded == 0;
        if (!dropped) {
          kinds.add(kind(reader, kind, known, generation, set, embedded, building));
        }
      }
      if (!kinds.isEmpty()) {
        generations.add(new Coverage.OfGeneration(generation, kinds));
      }
    }
    return generations;
  }

  /**
   * Stamps tell what the generation being filled covers. Beside it the stamps are not the active
   * one's any more: what that one misses is counted by its vectors.
   */
  private static Coverage.OfKind kind(
      StatementCache reader,
      RowKind kind,
      List<Generation> known,
      Generation generation,
      long set,
      long embedded,
      boolean building)
      throws SQLException {
    long live = live(reader, kind);
    boolean filled = generation.state() == State.BUILDING || !building;
    long missing = 0;
    if (generation.state() == State.RETIRED || !filled) {
      missing = one(reader, kind.countWithoutVector, set);
    } else {
      for (Long stamp : Generations.otherStamps(known, generation)) {
        missing += one(reader, kind.countOfStamp, stamp);
      }
    }
    long blank = Math.max(0, live - embedded - missing);
    return new Coverage.OfKind(kind.shown(), live, embedded, blank, missing);
  }

  private static long live(StatementCache reader, RowKind kind) throws SQLException {
    try (ResultSet row = reader.prepare(kind.countRows).executeQuery()) {
      return row.next() ? row.getLong(1) - row.getLong(2) : 0;
    }
  }

  private static long one(StatementCache reader, String sql, @Nullable Long... values)
      throws SQLException {
    PreparedStatement query = reader.prepare(sql);
    for (int i = 0; i < values.length; i++) {
      query.setObject(i + 1, values[i]);
    }
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}

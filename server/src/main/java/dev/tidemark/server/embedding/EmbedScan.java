package dev.tidemark.server.embedding;

import dev.tidemark.server.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the rows that a generation does not cover, in the order of their numbers. */
final class EmbedScan {

  /**
   * What one look found.
   *
   * @param watermark of the generation and kind, as it was
   */
  record Found(long watermark, List<EmbedRow> rows) {
    Found {
      rows = List.copyOf(rows);
    }
  }

  private EmbedScan() {}

  /** The next rows behind the watermark. */
  static Found next(
      StatementCache reader, List<Generation> known, Generation target, RowKind kind, int limit)
      throws SQLException {
    long watermark =
        Generations.watermark(reader.prepare(Generations.WATERMARK), target.number(), kind);
    return new Found(watermark, behind(reader, known, target, kind, watermark, limit));
  }

  /** The next rows behind a number. */
  static List<EmbedRow> behind(
      StatementCache reader,
      List<Generation> known,
      Generation target,
      RowKind kind,
      long number,
      int limit)
      throws SQLException {
    List<EmbedRow> rows = new ArrayList<>();
    for (Long stamp : Generations.otherStamps(known, target)) {
      rows.addAll(ofStamp(reader.prepare(kind.rowsOfStamp), kind, stamp, number, limit));
    }
    rows.sort(Comparator.comparingLong(EmbedRow::number));
    return rows.subList(0, Math.min(limit, rows.size()));
  }

  private static List<EmbedRow> ofStamp(
      PreparedStatement query, RowKind kind, @Nullable Long stamp, long number, int limit)
      throws SQLException {
    query.setObject(1, stamp);
    query.setLong(2, number);
    query.setInt(3, limit);
    List<EmbedRow> rows = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        rows.add(
            new EmbedRow(
                kind,
                row.getLong(1),
                row.getLong(2),
                stamp,
                row.getString(3),
                row.getString(4),
                row.getString(5)));
      }
    }
    return rows;
  }

  /** The greatest number of a kind, or 0. */
  static long greatest(StatementCache reader, RowKind kind) throws SQLException {
    try (ResultSet row = reader.prepare(kind.greatest).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}

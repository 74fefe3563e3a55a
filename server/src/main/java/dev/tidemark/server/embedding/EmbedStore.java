package dev.tidemark.server.embedding;

import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.vector.VectorIndex;
import dev.tidemark.server.vector.VectorSet;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores what was embedded, in one transaction with the stamps.
 *
 * <ol>
 *   <li>A row is stamped only if it still has the version and the very text that was embedded.
 *   <li>The watermark rises only if nobody lowered it meanwhile, and never over a row that changed
 *       under the model's hands.
 * </ol>
 */
final class EmbedStore {

  /** A row with its vector; null for a blank text. */
  record Covered(EmbedRow row, Map<VectorSet, float[]> vectors) {
    Covered {
      vectors = Map.copyOf(vectors);
    }
  }

  private final VectorIndex vectors;
  private final Generation target;

  EmbedStore(VectorIndex vectors, Generation target) {
    this.vectors = vectors;
    this.target = target;
  }

  /**
   * Stamps the rows and puts their vectors into the index.
   *
   * @return the number below the first row that had changed, or null when none had
   */
  @Nullable Long stamp(WriteTransaction transaction, List<Covered> rows) throws SQLException {
    Long changed = null;
    for (Covered covered : rows) {
      EmbedRow row = covered.row();
      if (!stamp(transaction, row)) {
        changed = Math.min(changed == null ? Long.MAX_VALUE : changed, row.number() - 1);
        continue;
      }
      int scope = row.space() == null ? 0 : scope(transaction, row.space());
      for (Map.Entry<VectorSet, float[]> vector : covered.vectors().entrySet()) {
        vectors.put(transaction, vector.getKey(), row.number(), scope, vector.getValue());
      }
    }
    return changed;
  }

  private boolean stamp(WriteTransaction transaction, EmbedRow row) throws SQLException {
    return transaction.update(
            row.kind().stampUnchanged,
            target.number(),
            row.number(),
            row.version(),
            row.body(),
            row.title())
        == 1;
  }

  /** The small number of a space, given at its first vector. */
  private static int scope(WriteTransaction transaction, String space) throws SQLException {
    PreparedStatement find = transaction.prepare(SCOPE);
    find.setString(1, space);
    try (ResultSet row = find.executeQuery()) {
      if (row.next()) {
        return row.getInt(1);
      }
    }
    transaction.update("insert into space_scope (space) values (?)", space);
    return scope(transaction, space);
  }

  static final String SCOPE = "select number from space_scope where space = ?";

  /** Raises the watermark from where the scan had found it. */
  void raise(WriteTransaction transaction, RowKind kind, long from, long to) throws SQLException {
    transaction.update(
        "update embed_watermark set number = ? where generation = ? and kind = ?"
            + " and number = ?",
        Math.max(from, to),
        target.number(),
        kind.number,
        from);
  }
}

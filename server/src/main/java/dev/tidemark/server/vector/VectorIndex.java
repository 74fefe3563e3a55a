package dev.tidemark.server.vector;

import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets of vectors and the search for the nearest.
 *
 * <ol>
 *   <li>A change is seen by every search that begins after its transaction; a removed row is never
 *       found by such a search.
 *   <li>The filter decides before the best are cut off: with enough accepted rows, {@code limit} of
 *       them come back.
 *   <li>A search holds a bounded part of the set in memory, however large the set is.
 * </ol>
 */
public interface VectorIndex {

  /** The set of a generation and kind, made where missing. */
  VectorSet open(WriteTransaction transaction, long generation, int kind, int dimensions)
      throws SQLException;

  /** The set of a generation and kind, or null before the first {@link #open}. */
  @Nullable VectorSet find(long generation, int kind);

  /**
   * Adds the vector of a row, or replaces it.
   *
   * @param scope what a filter is told beside the number
   * @param unitVector of length 1 and of the set's dimensions
   * @throws IllegalArgumentException for other dimensions
   */
  void put(WriteTransaction transaction, VectorSet set, long number, int scope, float[] unitVector)
      throws SQLException;

  /** Takes the vector of a row out; nothing when there is none. */
  void remove(WriteTransaction transaction, VectorSet set, long number) throws SQLException;

  /**
   * Drops a part of a set that takes a few milliseconds at most, in the end the set itself.
   *
   * @return whether something is left to drop
   */
  boolean drop(WriteTransaction transaction, VectorSet set) throws SQLException;

  /**
   * One step of upkeep, written in the background: takes the codes of removed rows out of their
   * chunks, or seals waiting vectors into a chunk.
   *
   * @return whether there was anything to do; call again until not
   * @throws DatabaseException when the write failed or the server is stopping
   */
  boolean pack(VectorSet set) throws InterruptedException;

  /**
   * The nearest accepted rows, the nearest first.
   *
   * @param query of length 1 and of the set's dimensions
   * @throws IllegalArgumentException for other dimensions or a limit below 1
   * @throws DatabaseException when reading failed or took too long
   */
  List<Neighbour> nearest(VectorSet set, float[] query, int limit, VectorFilter filter);

  /**
   * Compares a query with one part of a set after the other and answers nothing: afterwards the
   * code that searches run is compiled and what they read is in memory. A search that comes
   * meanwhile waits for one part at most, about a millisecond.
   *
   * @param goesOn asked before each part
   * @throws DatabaseException when reading failed
   */
  void warmUp(VectorSet set, float[] query, BooleanSupplier goesOn);
}

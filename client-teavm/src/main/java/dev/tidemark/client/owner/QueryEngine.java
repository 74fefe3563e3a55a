package dev.tidemark.client.owner;

import dev.tidemark.client.query.QueryShape;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.tabs.Call;
import org.jspecify.annotations.Nullable;

/**
 * Reads for pages. Parameters and results are opaque here: plain JavaScript arrays in the browser,
 * lists in the simulation.
 */
public interface QueryEngine {

  /**
   * Runs one read-only statement.
   *
   * @throws QueryRefusedException when the text is not one read-only statement, or SQLite refuses
   *     it
   */
  @Nullable Object query(String sql, @Nullable Object parameters);

  @Nullable Object search(Call.Search search);

  /**
   * Opaque parameters as the values that SQLite binds: text, {@link Long}, {@link Double} or null.
   */
  @Nullable Object[] values(@Nullable Object parameters);

  /**
   * What a query reads.
   *
   * @throws QueryRefusedException like {@link #query}
   */
  QueryShape shape(String sql, @Nullable Object[] values);

  /**
   * Runs a statement for a subscription.
   *
   * @throws QueryRefusedException like {@link #query}
   */
  ResultSet rows(String sql, @Nullable Object[] values);
}

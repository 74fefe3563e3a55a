package dev.tidemark.client.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query in order.
 *
 * @param columns names as SQLite gives them
 * @param rows {@link String}, {@link Long}, {@link Double} or null by column; read only, and shared
 *     between the results of one query where a row stayed the same
 */
public record ResultSet(List<String> columns, List<@Nullable Object[]> rows) {

  /** No rows of no columns: what a page has before the first result. */
  public static final ResultSet EMPTY = new ResultSet(List.of(), List.of());

  // Spelled out: the compact form loses the annotations inside the parameters' types.
  public ResultSet(List<String> columns, List<@Nullable Object[]> rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }
}

package dev.tidemark.client.sql;

import java.util.Map;
import java.util.Set;

/**
 * What a statement would do, as SQLite's authorizer saw it while preparing it.
 *
 * @param query whether it is one single statement that only reads: a SELECT, VALUES or WITH,
 *     without pragma, attach or transaction control
 * @param columns table name to the columns read from it, views apart from the tables below them; a
 *     table that is read without naming a column (as by {@code count(*)}) has none
 */
public record Reads(boolean query, Map<String, Set<String>> columns) {
  /** Copies the map. */
  public Reads {
    columns = Map.copyOf(columns);
  }

  /** The tables and views read. */
  public Set<String> tables() {
    return columns.keySet();
  }
}

package dev.tidemark.simulation;

import dev.tidemark.client.owner.QueryEngine;
import dev.tidemark.client.query.QueryShape;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.database.SqlStatement;
import dev.tidemark.protocol.jvm.JdbcSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads of pages in SQLite over JDBC. */
public final class SqlQueries implements QueryEngine {
  private static final String SEARCH =
      "SELECT m.space, m.id FROM message_text JOIN message m ON m.number = message_text.rowid"
          + " WHERE message_text MATCH ? ORDER BY message_text.rowid DESC LIMIT ?";

  private final JdbcSql connection;

  public SqlQueries(JdbcSql connection) {
    this.connection = connection;
  }

  @Override
  public @Nullable Object query(String sql, @Nullable Object parameters) {
    return rows(sql, values(parameters));
  }

  @Override
  public @Nullable Object search(Call.Search search) {
    return rows(SEARCH, new @Nullable Object[] {'"' + search.text() + '"', (long) search.limit()});
  }

  @Override
  public @Nullable Object[] values(@Nullable Object parameters) {
    return parameters instanceof List<?> list ? list.toArray() : new @Nullable Object[0];
  }

  @Override
  public QueryShape shape(String sql, @Nullable Object[] values) {
    return QueryShape.analyse(sql, values, Set.of());
  }

  @Override
  public ResultSet rows(String sql, @Nullable Object[] values) {
    SqlStatement statement = connection.prepare(sql);
    for (int i = 0; i < values.length; i++) {
      statement.bind(i + 1, values[i]);
    }
    List<String> columns = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    try {
      // The driver knows a statement's columns while it runs.
      boolean isRow = statement.step();
      for (int i = 0; i < statement.columnCount(); i++) {
        columns.add(statement.columnName(i));
      }
      for (; isRow; isRow = statement.step()) {
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = statement.value(i);
        }
        rows.add(row);
      }
    } finally {
      statement.reset();
    }
    return new ResultSet(columns, rows);
  }
}

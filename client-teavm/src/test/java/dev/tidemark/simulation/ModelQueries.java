package dev.tidemark.simulation;

import dev.tidemark.client.owner.QueryEngine;
import dev.tidemark.client.query.QueryShape;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads of pages in a database that knows no SQL: {@link TinySelect} reads the few forms used. */
final class ModelQueries implements QueryEngine {
  private final Database rows;

  ModelQueries(Database rows) {
    this.rows = rows;
  }

  @Override
  public @Nullable Object query(String sql, @Nullable Object parameters) {
    return rows(sql, values(parameters));
  }

  @Override
  public @Nullable Object search(Call.Search search) {
    List<@Nullable Object[]> hits = new ArrayList<>();
    for (@Nullable Object[] row : rows.scan(Message.TABLE, Integer.MAX_VALUE)) {
      if (String.valueOf(row[Message.BODY]).contains(search.text())) {
        hits.add(row);
      }
    }
    return new ResultSet(Message.TABLE.columns(), hits);
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
    return TinySelect.parse(sql).run(rows, values);
  }
}

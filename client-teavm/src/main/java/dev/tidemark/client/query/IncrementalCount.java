package dev.tidemark.client.query;

import dev.tidemark.protocol.database.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code SELECT count(*)} of the rows of one view that pass all terms. */
final class IncrementalCount implements IncrementalQuery {
  private final Maintainable query;
  private final @Nullable Object[] parameters;
  private List<String> columns = List.of();
  private long count = -1;

  IncrementalCount(Maintainable query, @Nullable Object[] parameters) {
    this.query = query;
    this.parameters = Arrays.copyOf(parameters, query.fillParameters());
  }

  @Override
  public String fillSql() {
    return query.fillSql();
  }

  @Override
  public @Nullable Object[] fillParameters() {
    return parameters.clone();
  }

  @Override
  public ResultSet fill(ResultSet rows) {
    if (rows.rows().size() != 1 || !(rows.rows().get(0)[0] instanceof Number number)) {
      throw new IllegalArgumentException("no count among " + rows.rows().size() + " rows");
    }
    columns = rows.columns();
    count = number.longValue();
    return result();
  }

  @Override
  public Outcome apply(List<Change> changes) {
    if (count < 0) {
      throw new IllegalStateException("changes before the first fill");
    }
    long before = count;
    for (Change change : NetChanges.of(changes)) {
      if (change.table() == query.relation().base()) {
        count += (passes(change.after()) ? 1 : 0) - (passes(change.before()) ? 1 : 0);
      }
    }
    if (count < 0) {
      return new Outcome.NeedsFill();
    }
    return count == before ? new Outcome.Same() : new Outcome.Changed(result());
  }

  private boolean passes(@Nullable Object @Nullable [] row) {
    return row != null && query.passes(row);
  }

  private ResultSet result() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(new @Nullable Object[] {count});
    return new ResultSet(columns, rows);
  }
}

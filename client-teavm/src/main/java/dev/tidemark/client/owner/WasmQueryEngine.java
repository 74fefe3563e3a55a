package dev.tidemark.client.owner;

import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.query.QueryShape;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.sql.Reads;
import dev.tidemark.client.sql.WasmConnection;
import dev.tidemark.client.sql.WasmStatement;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.database.SqlException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Reads of pages in the owner's SQLite. Statements of pages are kept by their text, the least
 * recently used one goes first. Parameters are JavaScript arrays; results leave as compact tables
 * that were never Java objects.
 */
final class WasmQueryEngine implements QueryEngine {
  static final int KEPT_STATEMENTS = 128;

  /** A query that takes longer is broken off: every tab waits for the one owner. */
  static final int LIMIT_MILLIS = 10_000;

  private static final String SEARCH =
      "SELECT m.space, m.channel, m.id, m.thread, m.author, m.created_at,"
          + " snippet(message_text, 0, char(1), char(2), '…', 16) AS snippet"
          + " FROM message_text JOIN message m ON m.number = message_text.rowid"
          + " WHERE message_text MATCH ?1 AND (?2 IS NULL OR m.space = ?2)"
          + " AND (?3 IS NULL OR m.channel = ?3)"
          + " ORDER BY message_text.rowid DESC LIMIT ?4";

  private record Kept(WasmStatement statement, Reads reads) {}

  private final WasmConnection connection;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  WasmQueryEngine(WasmConnection connection) {
    this.connection = connection;
  }

  @Override
  public Object query(String sql, @Nullable Object parameters) {
    return table(kept(sql).statement(), parameters);
  }

  @Override
  public @Nullable Object search(Call.Search search) {
    String match = SearchText.match(search.text());
    if (match.isEmpty()) {
      return null;
    }
    PlainArray parameters =
        PlainArray.create()
            .push(match)
            .push(search.space())
            .push(search.channel())
            .push((double) search.limit());
    return table(kept(SEARCH).statement(), parameters);
  }

  private Object table(WasmStatement statement, @Nullable Object parameters) {
    try {
      bind(statement, parameters);
      return connection.within(LIMIT_MILLIS, () -> statement.table(WasmStatement.ALL));
    } catch (SqlException e) {
      statement.reset();
      throw refusal(e);
    }
  }

  /** A damaged database is nothing that the query did. */
  private static RuntimeException refusal(SqlException e) {
    return e.isDamage() ? e : new QueryRefusedException(String.valueOf(e.getMessage()));
  }

  private static void bind(WasmStatement statement, @Nullable Object parameters) {
    PlainArray given = PlainArray.of((JSObject) parameters);
    int count = parameters == null ? 0 : given.length();
    requireCount(statement, count);
    if (count > 0) {
      statement.bindAll(given);
    }
  }

  private static void requireCount(WasmStatement statement, int given) {
    if (given != statement.parameterCount()) {
      throw new QueryRefusedException(
          "The statement has " + statement.parameterCount() + " parameters, given " + given + ".");
    }
  }

  @Override
  public QueryShape shape(String sql, @Nullable Object[] values) {
    return QueryShape.analyse(sql, values, kept(sql).reads().tables());
  }

  @Override
  public @Nullable Object[] values(@Nullable Object parameters) {
    if (parameters == null) {
      return new @Nullable Object[0];
    }
    PlainArray given = PlainArray.of((JSObject) parameters);
    @Nullable Object[] values = new Object[given.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (given.kindAt(i)) {
            case "string" -> given.textAt(i);
            case "number" -> number(given.numberAt(i));
            default -> null;
          };
    }
    return values;
  }

  private static Object number(double value) {
    long whole = (long) value;
    return whole == value ? (Object) whole : (Object) value;
  }

  @Override
  public ResultSet rows(String sql, @Nullable Object[] values) {
    WasmStatement statement = kept(sql).statement();
    try {
      requireCount(statement, values.length);
      for (int i = 0; i < values.length; i++) {
        statement.bind(i + 1, values[i]);
      }
      int width = statement.columnCount();
      List<String> columns = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        columns.add(statement.columnName(i));
      }
      return new ResultSet(columns, connection.within(LIMIT_MILLIS, () -> rows(statement, width)));
    } catch (SqlException e) {
      throw refusal(e);
    } finally {
      statement.reset();
    }
  }

  private static List<@Nullable Object[]> rows(WasmStatement statement, int width) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    while (statement.step()) {
      @Nullable Object[] row = new Object[width];
      for (int i = 0; i < width; i++) {
        row[i] = statement.value(i);
      }
      rows.add(row);
    }
    return rows;
  }

  private Kept kept(String sql) {
    Kept found = kept.remove(sql);
    if (found == null) {
      found = prepare(sql);
      if (kept.size() >= KEPT_STATEMENTS) {
        Iterator<Map.Entry<String, Kept>> oldest = kept.entrySet().iterator();
        oldest.next().getValue().statement().close();
        oldest.remove();
      }
    }
    kept.put(sql, found);
    return found;
  }

  private Kept prepare(String sql) {
    try {
      Reads reads = connection.inspect(sql);
      if (!reads.query()) {
        throw new QueryRefusedException("Only one statement that reads is allowed here.");
      }
      return new Kept(connection.prepareOnce(sql), reads);
    } catch (SqlException e) {
      throw refusal(e);
    }
  }
}

package dev.tidemark.protocol.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows in SQLite, on server and browser alike. Statements are made once per table, key and set of
 * changed columns; an update names only the columns that differ, so that triggers on others stay
 * quiet.
 */
public final class SqlDatabase implements Database {
  private final SqlConnection connection;
  private final Map<Table, SqlStatement> inserts = new HashMap<>();
  private final Map<Table, SqlStatement> deletes = new HashMap<>();
  private final Map<Key, SqlStatement> finds = new HashMap<>();
  private final Map<Table, Map<Long, SqlStatement>> updates = new HashMap<>();

  public SqlDatabase(SqlConnection connection) {
    this.connection = connection;
  }

  @Override
  public @Nullable Object @Nullable [] find(Key key, Object... values) {
    SqlStatement statement = finds.get(key);
    if (statement == null) {
      statement = connection.prepare(findSql(key));
      finds.put(key, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.bind(i + 1, values[i]);
    }
    try {
      return statement.step() ? row(statement, key.table()) : null;
    } finally {
      statement.reset();
    }
  }

  @Override
  public boolean insert(Table table, @Nullable Object[] row) {
    SqlStatement statement = inserts.get(table);
    if (statement == null) {
      statement = connection.prepare(insertSql(table));
      inserts.put(table, statement);
    }
    for (int i = 0; i < row.length; i++) {
      statement.bind(i + 1, row[i]);
    }
    try {
      statement.step();
    } finally {
      statement.reset();
    }
    return connection.changes() > 0;
  }

  @Override
  public void update(Table table, @Nullable Object[] before, @Nullable Object[] after) {
    long changed = 0;
    for (int i = 0; i < after.length; i++) {
      if (!Objects.equals(before[i], after[i])) {
        changed |= 1L << i;
      }
    }
    if (changed == 0) {
      return;
    }
    SqlStatement statement = updateStatement(table, changed);
    int parameter = 1;
    for (int i = 0; i < after.length; i++) {
      if ((changed & (1L << i)) != 0) {
        statement.bind(parameter++, after[i]);
      }
    }
    for (int i = 0; i < table.key().size(); i++) {
      statement.bind(parameter++, before[table.key().column(i)]);
    }
    run(statement, table, before);
  }

  @Override
  public void delete(Table table, @Nullable Object[] row) {
    SqlStatement statement = deletes.get(table);
    if (statement == null) {
      statement = connection.prepare("DELETE FROM " + table.name() + where(table.key()));
      deletes.put(table, statement);
    }
    for (int i = 0; i < table.key().size(); i++) {
      statement.bind(i + 1, row[table.key().column(i)]);
    }
    run(statement, table, row);
  }

  @Override
  public List<@Nullable Object[]> scan(Table table, int limit, Object... prefix) {
    SqlStatement statement = connection.prepare(scanSql(table, prefix.length));
    for (int i = 0; i < prefix.length; i++) {
      statement.bind(i + 1, prefix[i]);
    }
    statement.bindInteger(prefix.length + 1, limit);
    List<@Nullable Object[]> rows = new ArrayList<>();
    try {
      while (statement.step()) {
        rows.add(row(statement, table));
      }
    } finally {
      statement.reset();
    }
    return rows;
  }

  private void run(SqlStatement statement, Table table, @Nullable Object[] row) {
    try {
      statement.step();
    } finally {
      statement.reset();
    }
    if (connection.changes() != 1) {
      throw new IllegalStateException("no row " + table.key().of(row) + " in " + table);
    }
  }

  private SqlStatement updateStatement(Table table, long changed) {
    Map<Long, SqlStatement> ofTable = updates.computeIfAbsent(table, t -> new HashMap<>());
    SqlStatement statement = ofTable.get(changed);
    if (statement == null) {
      statement = connection.prepare(updateSql(table, changed));
      ofTable.put(changed, statement);
    }
    return statement;
  }

  private static @Nullable Object[] row(SqlStatement statement, Table table) {
    @Nullable Object[] row = new Object[table.columns().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = statement.value(i);
    }
    return row;
  }

  private static String insertSql(Table table) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(table.name()).append('(');
    sql.append(String.join(",", table.columns())).append(") VALUES (?");
    for (int i = 1; i < table.columns().size(); i++) {
      sql.append(",?");
    }
    return sql.append(") ON CONFLICT DO NOTHING").toString();
  }

  private static String updateSql(Table table, long changed) {
    StringBuilder sql = new StringBuilder("UPDATE ").append(table.name()).append(" SET ");
    String separator = "";
    for (int i = 0; i < table.columns().size(); i++) {
      if ((changed & (1L << i)) != 0) {
        sql.append(separator).append(table.columns().get(i)).append("=?");
        separator = ",";
      }
    }
    return sql.append(where(table.key())).toString();
  }

  private static String findSql(Key key) {
    return select(key.table()) + where(key);
  }

  private static String scanSql(Table table, int prefixColumns) {
    StringBuilder sql = new StringBuilder(select(table));
    for (int i = 0; i < prefixColumns; i++) {
      sql.append(i == 0 ? " WHERE " : " AND ").append(table.columns().get(i)).append("=?");
    }
    sql.append(" ORDER BY ");
    for (int i = 0; i < table.key().size(); i++) {
      sql.append(i == 0 ? "" : ",").append(table.columns().get(i));
    }
    return sql.append(" LIMIT ?").toString();
  }

  private static String select(Table table) {
    return "SELECT " + String.join(",", table.columns()) + " FROM " + table.name();
  }

  private static String where(Key key) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < key.size(); i++) {
      sql.append(i == 0 ? " WHERE " : " AND ");
      sql.append(key.table().columns().get(key.column(i))).append("=?");
    }
    return sql.toString();
  }
}

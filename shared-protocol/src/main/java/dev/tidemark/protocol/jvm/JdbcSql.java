package dev.tidemark.protocol.jvm;

import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQLite through JDBC. Transactions are driven by SQL text ({@code BEGIN IMMEDIATE}, {@code
 * COMMIT}), so the JDBC connection stays in autocommit. Confined to one thread, like the
 * connection.
 */
public final class JdbcSql implements SqlConnection {
  private final Connection connection;
  private final Map<String, JdbcStatement> statements = new HashMap<>();
  private int changes;

  public JdbcSql(Connection connection) {
    this.connection = connection;
  }

  @Override
  public SqlStatement prepare(String sql) {
    JdbcStatement statement = statements.get(sql);
    if (statement == null) {
      try {
        statement = new JdbcStatement(sql, connection.prepareStatement(sql));
      } catch (SQLException e) {
        throw failure(e, sql);
      }
      statements.put(sql, statement);
    }
    statement.reset();
    return statement;
  }

  @Override
  public void execute(String script) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    } catch (SQLException e) {
      throw failure(e, script);
    }
  }

  @Override
  public int changes() {
    return changes;
  }

  /** JDBC does not tell, so this tries: a transaction cannot begin within another one. */
  @Override
  public boolean inTransaction() {
    try {
      execute("BEGIN");
    } catch (SqlException e) {
      return true;
    }
    execute("ROLLBACK");
    return false;
  }

  @Override
  public void close() {
    try {
      for (JdbcStatement statement : statements.values()) {
        statement.statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw failure(e, "close");
    }
  }

  private static SqlException failure(SQLException e, String sql) {
    return new SqlException(e.getErrorCode(), String.valueOf(e.getMessage()), sql, e);
  }

  private final class JdbcStatement implements SqlStatement {
    private final String sql;
    private final PreparedStatement statement;
    private @Nullable ResultSet rows;
    private boolean started;

    JdbcStatement(String sql, PreparedStatement statement) {
      this.sql = sql;
      this.statement = statement;
    }

    @Override
    public void bindText(int parameter, String value) {
      try {
        statement.setString(parameter, value);
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public void bindInteger(int parameter, long value) {
      try {
        statement.setLong(parameter, value);
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public void bindNull(int parameter) {
      try {
        statement.setNull(parameter, Types.NULL);
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public void bind(int parameter, @Nullable Object value) {
      try {
        statement.setObject(parameter, value);
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public boolean step() {
      try {
        if (!started) {
          started = true;
          if (statement.execute()) {
            rows = statement.getResultSet();
          } else {
            changes = statement.getUpdateCount();
          }
        }
        return rows != null && rows.next();
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public void reset() {
      started = false;
      if (rows != null) {
        try {
          rows.close();
        } catch (SQLException e) {
          throw failure(e, sql);
        }
        rows = null;
      }
    }

    @Override
    public int columnCount() {
      try {
        return statement.getMetaData().getColumnCount();
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public String columnName(int column) {
      try {
        return statement.getMetaData().getColumnLabel(column + 1);
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public boolean isNull(int column) {
      return value(column) == null;
    }

    @Override
    public String text(int column) {
      try {
        return String.valueOf(current().getString(column + 1));
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public long integer(int column) {
      try {
        return current().getLong(column + 1);
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    @Override
    public @Nullable Object value(int column) {
      try {
        Object value = current().getObject(column + 1);
        return value instanceof Integer number ? Long.valueOf(number) : value;
      } catch (SQLException e) {
        throw failure(e, sql);
      }
    }

    private ResultSet current() {
      if (rows == null) {
        throw new IllegalStateException("no row: step() first, in: " + sql);
      }
      return rows;
    }
  }
}

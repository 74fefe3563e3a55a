package dev.tidemark.client.sql;

import dev.tidemark.protocol.database.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * A prepared statement over the wasm exports. Text is bound in place, without a copy: after {@link
 * #reset()} every text parameter has to be bound again before the next step (numbers and nulls
 * stay). Long text is the exception and stays too; do not rely on it.
 */
public final class WasmStatement implements SqlStatement {
  /** For {@link #rows} and {@link #table}: no limit but what the statement itself has. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final int OK = 0;
  private static final int ROW = 100;
  private static final int DONE = 101;
  private static final int INTEGER = 1;
  private static final int REAL = 2;
  private static final int TEXT = 3;
  private static final int NULL = 5;

  private final WasmConnection connection;
  private final Kernel kernel;
  private final Kernel.Handle handle;
  private final String sql;

  WasmStatement(WasmConnection connection, Kernel kernel, Kernel.Handle handle, String sql) {
    this.connection = connection;
    this.kernel = kernel;
    this.handle = handle;
    this.sql = sql;
  }

  @Override
  public void bindText(int parameter, String value) {
    check(kernel.bindText(handle, parameter, value));
  }

  @Override
  public void bindInteger(int parameter, long value) {
    check(kernel.bindLong(handle, parameter, value));
  }

  @Override
  public void bindNull(int parameter) {
    check(kernel.bindNull(handle, parameter));
  }

  @Override
  public void bind(int parameter, @Nullable Object value) {
    if (value instanceof String text) {
      check(kernel.bindText(handle, parameter, text));
    } else if (value instanceof Long integer) {
      check(kernel.bindLong(handle, parameter, integer));
    } else if (value == null) {
      check(kernel.bindNull(handle, parameter));
    } else if (value instanceof Integer integer) {
      check(kernel.bindDouble(handle, parameter, integer));
    } else if (value instanceof Double real) {
      check(kernel.bindDouble(handle, parameter, real));
    } else {
      throw new IllegalArgumentException("not a value of SQLite: " + value.getClass());
    }
  }

  /**
   * Binds a JavaScript array of text, numbers, booleans and nulls from parameter 1 on, in one call.
   * Missing ones become null; too many are an error of SQLite (25, range).
   */
  public void bindAll(JSObject values) {
    check(kernel.bindAll(handle, values));
  }

  @Override
  public boolean step() {
    int code = kernel.step(handle);
    if (code == ROW) {
      return true;
    }
    if (code == DONE) {
      return false;
    }
    throw connection.failure(sql);
  }

  @Override
  public void reset() {
    kernel.reset(handle);
  }

  @Override
  public int columnCount() {
    return kernel.columnCount(handle);
  }

  @Override
  public String columnName(int column) {
    return kernel.columnName(handle, column);
  }

  /** How many parameters the statement has. */
  public int parameterCount() {
    return kernel.parameterCount(handle);
  }

  /** Whether SQLite says that the statement writes nothing; true for BEGIN and PRAGMA as well. */
  public boolean writesNothing() {
    return kernel.readOnly(handle);
  }

  @Override
  public boolean isNull(int column) {
    return kernel.type(handle, column) == NULL;
  }

  @Override
  public String text(int column) {
    return kernel.text(handle, column);
  }

  @Override
  public long integer(int column) {
    return kernel.integer(handle, column);
  }

  /** A number column as a double: exact for integers up to 2^53 and much cheaper than a long. */
  public double real(int column) {
    return kernel.real(handle, column);
  }

  @Override
  public @Nullable Object value(int column) {
    return switch (kernel.type(handle, column)) {
      case INTEGER -> kernel.integer(handle, column);
      case REAL -> kernel.real(handle, column);
      case TEXT -> kernel.text(handle, column);
      case NULL -> null;
      default -> throw new IllegalStateException("a blob in column " + column + " of " + sql);
    };
  }

  /**
   * Runs the bound statement to its end and resets it: a JavaScript array of one object per row,
   * keyed by column name, with numbers, strings, nulls and (for blobs) Uint8Arrays. Integers beyond
   * 2^53 lose precision. Stops silently after {@code limit} rows.
   */
  public JSObject rows(int limit) {
    return checked(kernel.rows(handle, limit));
  }

  /**
   * Like {@link #rows}, in the compact form for posting: {@code {names: [...], values: [...]}} with
   * the rows one after the other in one flat array.
   */
  public JSObject table(int limit) {
    return checked(kernel.table(handle, limit));
  }

  /** Finalises the statement; only for those made by {@link WasmConnection#prepareOnce}. */
  public void close() {
    kernel.close(handle);
  }

  private JSObject checked(JSObject rowsOrCode) {
    if (Values.isNumber(rowsOrCode)) {
      RuntimeException failure = connection.failure(sql);
      kernel.reset(handle);
      throw failure;
    }
    kernel.reset(handle);
    return rowsOrCode;
  }

  private void check(int code) {
    if (code != OK) {
      throw connection.failure(sql);
    }
  }
}

package dev.tidemark.client.sql;

import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * An open database. {@link #prepare} keeps statements by their text for the connection's life and
 * is for the engine's own, finitely many texts; texts from outside go through {@link #prepareOnce}.
 */
public final class WasmConnection implements SqlConnection {
  private static final int SQLITE_READ = 20;
  private static final int SQLITE_SELECT = 21;
  private static final int SQLITE_FUNCTION = 31;
  private static final int SQLITE_RECURSIVE = 33;

  private final Sqlite sqlite;
  private final JSObject database;
  private final Kernel kernel;
  private final Map<String, WasmStatement> statements = new HashMap<>();
  private final JSObject clock;
  private Durability durability = Durability.FULL;

  WasmConnection(Sqlite sqlite, JSObject database) {
    this.sqlite = sqlite;
    this.database = database;
    this.kernel = Kernel.of(sqlite.library(), pointer(database));
    this.clock = watchClock(sqlite.library(), database);
  }

  /**
   * Runs reads that come from outside: a statement that is still running after {@code limitMillis}
   * fails with SQLite's code 9, interrupted. Without this one careless join would keep the owner,
   * and with it every tab, busy without end.
   */
  public <T> T within(int limitMillis, Supplier<T> reads) {
    startClock(clock, limitMillis);
    try {
      return reads.get();
    } finally {
      stopClock(clock);
    }
  }

  @Override
  public WasmStatement prepare(String sql) {
    WasmStatement statement = statements.get(sql);
    if (statement == null) {
      statement = prepareOnce(sql);
      statements.put(sql, statement);
    } else {
      statement.reset();
    }
    return statement;
  }

  /**
   * A statement of the caller's own, who has to close it.
   *
   * @throws SqlException when SQLite refuses the text, or when it holds none or several statements
   */
  public WasmStatement prepareOnce(String sql) {
    Kernel.Handle handle = kernel.prepare(sql);
    if (handle == null) {
      if (kernel.errorCode() != 0) {
        throw failure(sql);
      }
      throw new SqlException(1, "no statement", sql);
    }
    if (kernel.moreText()) {
      kernel.close(handle);
      throw new SqlException(1, "more than one statement", sql);
    }
    return new WasmStatement(this, kernel, handle, sql);
  }

  @Override
  public void execute(String script) {
    if (kernel.execute(script) != 0) {
      throw failure(script);
    }
  }

  @Override
  public int changes() {
    return kernel.changes();
  }

  @Override
  public boolean inTransaction() {
    return kernel.inTransaction();
  }

  /** Sets how durable the following commits are; between transactions only. About 0.01 ms. */
  public void durability(Durability wanted) {
    if (wanted == durability) {
      return;
    }
    if (kernel.inTransaction()) {
      throw new IllegalStateException("durability cannot change inside a transaction");
    }
    execute(wanted == Durability.FULL ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    durability = wanted;
  }

  /**
   * Moves the whole WAL into the database file and empties it. Takes as long as there is WAL: for
   * idle moments.
   *
   * @return whether it was done; false when a statement is still reading
   */
  public boolean checkpoint() {
    WasmStatement statement = prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    try {
      return statement.step() && statement.integer(0) == 0;
    } finally {
      statement.reset();
    }
  }

  /**
   * Prepares a text without running it and tells what it would read.
   *
   * @throws SqlException when SQLite refuses the text
   */
  public Reads inspect(String sql) {
    Map<String, Set<String>> columns = new TreeMap<>();
    boolean[] onlyReads = {true};
    boolean[] selects = {false};
    sqlite.authorizer(
        database,
        (action, first, second) -> {
          switch (action) {
            case SQLITE_READ -> {
              Set<String> ofTable = columns.computeIfAbsent(first, name -> new TreeSet<>());
              if (!second.isEmpty()) {
                ofTable.add(second);
              }
            }
            case SQLITE_SELECT -> selects[0] = true;
            case SQLITE_FUNCTION, SQLITE_RECURSIVE -> {}
            default -> onlyReads[0] = false;
          }
        });
    boolean single = true;
    boolean writesNothing = false;
    try {
      Kernel.Handle handle = kernel.prepare(sql);
      if (handle == null) {
        if (kernel.errorCode() != 0) {
          throw failure(sql);
        }
        throw new SqlException(1, "no statement", sql);
      }
      single = !kernel.moreText();
      writesNothing = kernel.readOnly(handle);
      kernel.close(handle);
    } finally {
      sqlite.noAuthorizer(database);
    }
    return new Reads(single && writesNothing && selects[0] && onlyReads[0], columns);
  }

  /**
   * Finalises all statements, also those of {@link #prepareOnce}, and closes the database. Closing
   * twice is harmless.
   */
  @Override
  public void close() {
    for (WasmStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
    closeNative(sqlite.library(), database);
  }

  /** For databases in a pool; see {@link WriteBuffer}. */
  void gatherWrites() {
    WriteBuffer.install(sqlite.library(), pointer(database));
  }

  SqlException failure(String sql) {
    return new SqlException(kernel.errorCode(), kernel.message(), sql);
  }

  /** Called for each thing the statement would do; names are empty where SQLite gives none. */
  @JSFunctor
  interface Authorizer extends JSObject {
    void saw(int action, String first, String second);
  }

  /** Asked every 20,000 steps of SQLite's machine, a few times a millisecond. */
  @JSBody(
      params = {"library", "database"},
      script =
          """
          var clock = {end: Infinity};
          library.capi.sqlite3_progress_handler(database, 20000, function() {
            return performance.now() > clock.end ? 1 : 0;
          }, 0);
          return clock;
          """)
  private static native JSObject watchClock(JSObject library, JSObject database);

  @JSBody(
      params = {"clock", "millis"},
      script = "clock.end = performance.now() + millis;")
  private static native void startClock(JSObject clock, int millis);

  @JSBody(params = "clock", script = "clock.end = Infinity;")
  private static native void stopClock(JSObject clock);

  @JSBody(params = "database", script = "return database.pointer;")
  private static native int pointer(JSObject database);

  @JSBody(
      params = {"library", "database"},
      script =
          """
          if (!database.isOpen()) return;
          var api = library.wasm.exports, statement;
          while ((statement = api.sqlite3_next_stmt(database.pointer, 0)) !== 0) api.sqlite3_finalize(statement);
          database.close();
          """)
  private static native void closeNative(JSObject library, JSObject database);
}

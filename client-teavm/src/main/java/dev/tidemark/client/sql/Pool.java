package dev.tidemark.client.sql;

import dev.tidemark.protocol.database.SqlException;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The files of one database, all open and locked against every other context. Holding a pool is the
 * real fence: whoever has it can write, nobody else can.
 */
public final class Pool {
  /** One database, its WAL, and room for what a repair or an import needs at a time. */
  static final int CAPACITY = 8;

  private static final String FILE = "/tidemark.db";

  private final Sqlite sqlite;
  private final JSObject pool;

  Pool(Sqlite sqlite, JSObject pool) {
    this.sqlite = sqlite;
    this.pool = pool;
  }

  static String directory(String name) {
    return "tidemark/" + name;
  }

  /** Whether the database file exists; false on the first run, and after an eviction. */
  public boolean exists() {
    return existsNative(pool, FILE);
  }

  /**
   * Opens the database, making it where it is missing: exclusive, in WAL mode (asserted), durable
   * by default.
   *
   * @throws SqlException when SQLite refuses the file
   */
  public WasmConnection open() {
    JSObject database = openNative(pool, FILE);
    String refusal = Values.refusal(database);
    if (refusal != null) {
      throw new SqlException(Values.refusalCode(database), refusal, "open " + FILE);
    }
    WasmConnection connection = new WasmConnection(sqlite, database);
    try {
      connection.gatherWrites();
      connection.execute("PRAGMA locking_mode=EXCLUSIVE");
      WasmStatement mode = connection.prepareOnce("PRAGMA journal_mode=WAL");
      try {
        if (!mode.step() || !mode.text(0).equals("wal")) {
          throw new IllegalStateException("journal mode is not wal but " + mode.text(0));
        }
      } finally {
        mode.close();
      }
      connection.execute(
          """
          PRAGMA synchronous=FULL;
          PRAGMA wal_autocheckpoint=4000;
          PRAGMA temp_store=MEMORY;
          PRAGMA cache_size=-16384;
          """);
      return connection;
    } catch (RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Gives the files back, after the connection was closed; they can be taken again. */
  public void release() {
    releaseNative(pool);
  }

  /** Deletes the files and the directory, after the connection was closed. */
  public void remove(Runnable removed, Consumer<String> failed) {
    removeNative(pool, ignored -> removed.run(), failed::accept);
  }

  @JSBody(
      params = {"pool", "file"},
      script = "return pool.getFileNames().indexOf(file) >= 0;")
  private static native boolean existsNative(JSObject pool, String file);

  @JSBody(
      params = {"pool", "file"},
      script =
          """
          try {
            return new pool.OpfsSAHPoolDb(file);
          } catch (error) {
            return {refusal: String(error && error.message || error), code: error && error.resultCode || 14};
          }
          """)
  private static native JSObject openNative(JSObject pool, String file);

  @JSBody(params = "pool", script = "pool.pauseVfs();")
  private static native void releaseNative(JSObject pool);

  @JSBody(
      params = {"pool", "removed", "failed"},
      script =
          """
          pool.removeVfs().then(function() { removed(null); },
            function(error) { failed('the database files cannot be removed: ' + (error && error.message || error)); });
          """)
  private static native void removeNative(JSObject pool, Sqlite.Got removed, Sqlite.Failed failed);
}

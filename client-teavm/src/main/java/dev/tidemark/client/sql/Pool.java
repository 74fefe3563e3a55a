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

  /** Files that must be free when the pool is taken: a log, a journal, a database built anew. */
  static final int FREE = 4;

  /** File of the first generation; later ones have their number before the dot. */
  private static final String FIRST = "/tidemark.db";

  private static final String LATER = "/tidemark-";
  private static final String ENDING = ".db";
  private static final int OPEN_FAILED = 14;

  private final Sqlite sqlite;
  private final JSObject pool;

  Pool(Sqlite sqlite, JSObject pool) {
    this.sqlite = sqlite;
    this.pool = pool;
  }

  static String directory(String name) {
    return "tidemark/" + name;
  }

  /**
   * Number of the newest database here: 1 for the first, one more for each that was built beside a
   * damaged one. 0 where there is none: on the first run, and after an eviction.
   */
  public int generation() {
    int newest = 0;
    for (String name : namesNative(pool)) {
      if (name.equals(FIRST)) {
        newest = Math.max(newest, 1);
      } else if (name.startsWith(LATER) && name.endsWith(ENDING)) {
        newest =
            Math.max(
                newest,
                Integer.parseInt(name.substring(LATER.length(), name.length() - ENDING.length())));
      }
    }
    return newest;
  }

  private static String file(int generation) {
    return generation == 1 ? FIRST : LATER + generation + ENDING;
  }

  /** Deletes a database that is not open; harmless where there is none. */
  public void delete(int generation) {
    for (String ending : new String[] {"", "-wal", "-journal"}) {
      deleteNative(pool, file(generation) + ending);
    }
  }

  /** Opens the newest database, or makes the first. */
  public WasmConnection open() {
    return open(Math.max(1, generation()));
  }

  /**
   * Opens a database, making it where it is missing: exclusive, in WAL mode (asserted), durable by
   * default.
   *
   * @throws SqlException when SQLite refuses the file
   */
  public WasmConnection open(int generation) {
    JSObject database = openNative(pool, file(generation), OPEN_FAILED);
    String refusal = Values.refusal(database);
    if (refusal != null) {
      throw new SqlException(Values.refusalCode(database), refusal, "open " + file(generation));
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

  @JSBody(params = "pool", script = "return pool.getFileNames();")
  private static native String[] namesNative(JSObject pool);

  @JSBody(
      params = {"pool", "file"},
      script = "pool.unlink(file);")
  private static native void deleteNative(JSObject pool, String file);

  @JSBody(
      params = {"pool", "file", "failed"},
      script =
          """
          try {
            return new pool.OpfsSAHPoolDb(file);
          } catch (error) {
            return {refusal: String(error && error.message || error), code: error && error.resultCode || failed};
          }
          """)
  private static native JSObject openNative(JSObject pool, String file, int failed);

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

package dev.tidemark.client.sql;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * The loaded library: wasm compiled and instantiated, no file touched. Standbys load it early, so
 * that only {@link #openPool} remains when they become the owner.
 */
public final class Sqlite {
  private final JSObject library;

  private Sqlite(JSObject library) {
    this.library = library;
  }

  /**
   * Loads the official module, with the wasm beside it, by dynamic import. The VFSes that need
   * another worker are switched off.
   *
   * @param moduleUrl address of {@code sqlite/index.mjs}
   */
  public static void load(String moduleUrl, Consumer<Sqlite> loaded, Consumer<String> failed) {
    loadNative(moduleUrl, library -> loaded.accept(new Sqlite(library)), failed::accept);
  }

  /** The library's version, as {@code 3.54.1}. */
  public String version() {
    return version(library);
  }

  /**
   * Takes the files of one database: opens every file of the pool's directory exclusively, making
   * them where they are missing, or where too few are free. Only while holding the owner lock:
   * another tab that still has them makes this fail (nothing is lost; it can be tried again).
   *
   * @param name names the directory in OPFS and the VFS
   * @param failed gets a sentence
   * @param denied gets a sentence when the browser gives this page no file system at all, as in
   *     private windows; no file was touched
   */
  public void openPool(
      String name, Consumer<Pool> opened, Consumer<String> failed, Consumer<String> denied) {
    openPoolNative(
        library,
        name,
        Pool.directory(name),
        Pool.CAPACITY,
        Pool.FREE,
        pool -> opened.accept(new Pool(this, pool)),
        failed::accept,
        denied::accept);
  }

  /** Like the other one, for those to whom every failure is the same. */
  public void openPool(String name, Consumer<Pool> opened, Consumer<String> failed) {
    openPool(name, opened, failed, failed);
  }

  /** A database that is gone when it is closed. */
  public WasmConnection openInMemory() {
    WasmConnection connection = new WasmConnection(this, openMemoryNative(library));
    connection.execute("PRAGMA temp_store=MEMORY");
    return connection;
  }

  JSObject library() {
    return library;
  }

  void authorizer(JSObject database, WasmConnection.Authorizer authorizer) {
    authorizerNative(library, database, authorizer);
  }

  void noAuthorizer(JSObject database) {
    noAuthorizerNative(library, database);
  }

  @JSFunctor
  interface Got extends JSObject {
    void accept(JSObject value);
  }

  @JSFunctor
  interface Failed extends JSObject {
    void accept(String sentence);
  }

  @JSBody(
      params = {"url", "loaded", "failed"},
      script =
          """
          globalThis.sqlite3ApiConfig = {
            disable: {vfs: {'kvvfs': true, 'opfs': true, 'opfs-vfs': true, 'opfs-wl': true}}
          };
          import(url).then(function(module) { return module.default(); })
            .then(function(library) { loaded(library); },
              function(error) { failed('SQLite did not load: ' + (error && error.message || error)); });
          """)
  private static native void loadNative(String url, Got loaded, Failed failed);

  @JSBody(
      params = {"library", "name", "directory", "capacity", "needed", "opened", "failed", "denied"},
      script =
          """
          navigator.storage.getDirectory().then(function() {
            library.installOpfsSAHPoolVfs({
              name: name, directory: directory, initialCapacity: capacity, verbosity: 0,
              preserveOnInitFailure: true, forceReinitIfPreviouslyFailed: true
            }).then(function(pool) {
              return pool.isPaused() ? pool.unpauseVfs() : pool;
            }).then(function(pool) {
              return pool.reserveMinimumCapacity(capacity).then(function() {
                var lacking = needed - (pool.getCapacity() - pool.getFileCount());
                return lacking > 0 ? pool.addCapacity(lacking) : 0;
              }).then(function() { return pool; });
            }).then(function(pool) { opened(pool); },
              function(error) { failed('the database files cannot be taken: ' + (error && error.message || error)); });
          }, function(error) { denied(String(error && error.message || error)); });
          """)
  private static native void openPoolNative(
      JSObject library,
      String name,
      String directory,
      int capacity,
      int needed,
      Got opened,
      Failed failed,
      Failed denied);

  @JSBody(params = "library", script = "return new library.oo1.DB(':memory:');")
  private static native JSObject openMemoryNative(JSObject library);

  @JSBody(params = "library", script = "return library.version.libVersion;")
  private static native String version(JSObject library);

  @JSBody(
      params = {"library", "database", "authorizer"},
      script =
          """
          library.capi.sqlite3_set_authorizer(database, function(unused, action, first, second) {
            authorizer(action, first || '', second || '');
            return 0;
          }, 0);
          """)
  private static native void authorizerNative(
      JSObject library, JSObject database, WasmConnection.Authorizer authorizer);

  @JSBody(
      params = {"library", "database"},
      script = "library.capi.sqlite3_set_authorizer(database, 0, 0);")
  private static native void noAuthorizerNative(JSObject library, JSObject database);
}

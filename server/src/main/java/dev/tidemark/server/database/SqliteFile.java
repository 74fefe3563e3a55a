package dev.tidemark.server.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections to the SQLite file with the pragmas that the design relies on, and refuses a
 * file or a library that is not safe. Pragmas go through {@link SQLiteConfig}, which sets each of
 * them on every new connection.
 */
public final class SqliteFile {
  /** Version of SQLite from which the WAL-reset corruption is mended. */
  static final String OLDEST_SAFE_VERSION = "3.51.3";

  static final int BUSY_TIMEOUT_MILLIS = 5_000;

  /** Pages in the WAL before a commit checkpoints: 16 MB; fewer makes single commits wait more. */
  private static final int WAL_AUTOCHECKPOINT_PAGES = 4_000;

  private static final int WRITER_CACHE_KIBIBYTES = 64 * 1024;
  private static final int READER_CACHE_KIBIBYTES = 8 * 1024;

  private final Path path;

  public SqliteFile(Path path) {
    this.path = path;
  }

  /**
   * The connection of the single writer. Its transactions are immediate: {@code
   * setAutoCommit(false)} begins one, {@code setAutoCommit(true)} commits it.
   */
  Connection openWriter() throws SQLException {
    SQLiteConfig config = common(WRITER_CACHE_KIBIBYTES);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    Connection connection = config.createConnection(url());
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = " + WAL_AUTOCHECKPOINT_PAGES);
    }
    return connection;
  }

  /** A connection that cannot write. Left in autocommit, so that no snapshot outlives a query. */
  Connection openReader() throws SQLException {
    SQLiteConfig config = common(READER_CACHE_KIBIBYTES);
    config.setReadOnly(true);
    Connection connection = config.createConnection(url());
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma query_only = true");
    }
    return connection;
  }

  /** Something read from one unchanging state of the file. */
  @FunctionalInterface
  public interface Snapshot<T> {
    T read(Connection connection) throws SQLException;
  }

  /**
   * Reads for as long as it takes, on an own connection and from one state of the file, while
   * others go on writing. The WAL cannot shrink meanwhile.
   */
  public <T> T snapshot(Snapshot<T> snapshot) {
    try (Connection connection = openReader()) {
      connection.setAutoCommit(false);
      T result = snapshot.read(connection);
      connection.rollback();
      return result;
    } catch (SQLException e) {
      throw new DatabaseException("Reading a snapshot", e);
    }
  }

  private static SQLiteConfig common(int cacheKibibytes) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setCacheSize(-cacheKibibytes);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setGetGeneratedKeys(false); // else the driver prepares one more query after each insert
    return config;
  }

  private String url() {
    return "jdbc:sqlite:" + path.toAbsolutePath();
  }

  /**
   * Looks before anything is served: the library's version and the file's soundness.
   *
   * @throws DataFolder.Unusable with the way to mend it
   */
  public void refuseIfUnsafe() {
    try (Connection connection = common(READER_CACHE_KIBIBYTES).createConnection(url());
        Statement statement = connection.createStatement()) {
      refuseOldVersion(text(statement, "select sqlite_version()"));
      String found = text(statement, "pragma quick_check(1)");
      if (!found.equals("ok")) {
        throw new DataFolder.Unusable(damaged(found), null);
      }
    } catch (SQLException e) {
      throw new DataFolder.Unusable(damaged(String.valueOf(e.getMessage())), e);
    }
  }

  static void refuseOldVersion(String version) {
    if (compareVersions(version, OLDEST_SAFE_VERSION) < 0) {
      throw new DataFolder.Unusable(
          "This server runs on SQLite "
              + version
              + ", which can damage a database in WAL mode. Use a sqlite-jdbc that brings SQLite "
              + OLDEST_SAFE_VERSION
              + " or newer.",
          null);
    }
  }

  private String damaged(String finding) {
    return "The database "
        + path
        + " is damaged ("
        + finding.replaceAll("\\s+", " ")
        + "). Move the data folder aside and restore the last backup into a new one.";
  }

  private static int compareVersions(String a, String b) {
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int l = i < left.length ? Integer.parseInt(left[i]) : 0;
      int r = i < right.length ? Integer.parseInt(right[i]) : 0;
      if (l != r) {
        return Integer.compare(l, r);
      }
    }
    return 0;
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}

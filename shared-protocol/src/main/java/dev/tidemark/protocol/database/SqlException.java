package dev.tidemark.protocol.database;

/** SQLite refused or failed: its result code, its message, and the statement. */
public final class SqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** SQLite's codes that callers tell apart; this one is for whatever the statement got wrong. */
  public static final int ERROR = 1;

  public static final int BUSY = 5;

  /** Also what a browser's exhausted quota looks like. */
  public static final int IO_ERROR = 10;

  public static final int CORRUPT = 11;
  public static final int FULL = 13;
  public static final int CONSTRAINT = 19;

  /** The file is no database at all. */
  public static final int NO_DATABASE = 26;

  private final int code;

  public SqlException(int code, String message, String sql) {
    super("SQLite error " + code + ": " + message + " in: " + sql);
    this.code = code;
  }

  public SqlException(int code, String message, String sql, Throwable cause) {
    super("SQLite error " + code + ": " + message + " in: " + sql, cause);
    this.code = code;
  }

  /** SQLite's primary result code. */
  public int code() {
    return code & 0xff;
  }

  /** Whether SQLite says that the file itself is wrong. */
  public boolean isDamage() {
    return code() == CORRUPT || code() == NO_DATABASE;
  }
}

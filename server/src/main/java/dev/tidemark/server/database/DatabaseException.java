package dev.tidemark.server.database;

import dev.tidemark.protocol.database.SqlException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite failed: what was tried, why, and whether trying again can help. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller can do about a failure. */
  public enum Kind {
    /** The disk is full: nothing was stored, reading goes on. */
    STORAGE_FULL,
    /** Locked by another process, interrupted at its deadline, or too much is waiting. */
    BUSY,
    /** Anything else: a damaged file, a failing disk, our own mistake. */
    BROKEN
  }

  private final Kind kind;

  public DatabaseException(String operation, SQLException cause) {
    super(operation + " failed: " + cause.getMessage(), cause);
    this.kind = kindOf(cause);
  }

  public DatabaseException(String message, Kind kind) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  private static Kind kindOf(SQLException cause) {
    if (cause.getCause() instanceof SqlException wrapped && wrapped.code() == SqlException.FULL) {
      return Kind.STORAGE_FULL;
    }
    if (cause instanceof SQLiteException sqlite) {
      int primary = sqlite.getResultCode().code & 0xff;
      if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
        return Kind.STORAGE_FULL;
      }
      if (primary == SQLiteErrorCode.SQLITE_BUSY.code
          || primary == SQLiteErrorCode.SQLITE_LOCKED.code
          || primary == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
        return Kind.BUSY;
      }
    }
    return Kind.BROKEN;
  }
}

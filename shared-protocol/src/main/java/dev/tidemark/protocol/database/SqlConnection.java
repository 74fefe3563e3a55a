package dev.tidemark.protocol.database;

/** One SQLite connection, whichever binding is below. Confined to one thread. */
public interface SqlConnection {

  /**
   * A statement, prepared once and kept by its text: preparing the same text again gives the same
   * object, reset.
   *
   * @throws SqlException when SQLite refuses the text
   */
  SqlStatement prepare(String sql);

  /** Runs a script of statements without results. */
  void execute(String script);

  /** Rows changed by the latest INSERT, UPDATE or DELETE. */
  int changes();

  /** Whether a transaction is open. SQLite ends one by itself after some failures. */
  boolean inTransaction();

  void close();
}

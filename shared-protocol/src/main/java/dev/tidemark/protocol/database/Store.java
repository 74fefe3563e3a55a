package dev.tidemark.protocol.database;

/** A database with the transactions of its one writer. Nothing is written outside of one. */
public interface Store extends Database {

  /**
   * Opens a transaction.
   *
   * @param durable whether {@link #commit()} returns only when the rows survive a crash of the
   *     machine ({@code synchronous=FULL}); otherwise they may be lost as a whole, never in part
   */
  void begin(boolean durable);

  void commit();

  /**
   * Ends the transaction as if it had not begun. Harmless where the database has done so by itself,
   * as SQLite does when the disk is full.
   */
  void rollback();

  /** Sets the one mark to which {@link #rollbackToSavepoint()} goes back. */
  void savepoint();

  /** Takes back everything since {@link #savepoint()} and keeps the mark. */
  void rollbackToSavepoint();

  /** Forgets the mark, keeps the rows. */
  void releaseSavepoint();
}

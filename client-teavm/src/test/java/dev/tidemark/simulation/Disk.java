package dev.tidemark.simulation;

import dev.tidemark.protocol.database.Store;

/** What stays of a browser between its processes: one database. */
interface Disk {

  /** The database as a new process opens it. */
  Store open();

  /**
   * The process that had it open is gone.
   *
   * @param dice where the whole machine went down with it, chooses how much of what was committed
   *     without sync is lost; null where only the process died
   */
  void kill(@org.jspecify.annotations.Nullable Dice dice);

  void close();
}

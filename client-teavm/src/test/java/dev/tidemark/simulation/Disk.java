package dev.tidemark.simulation;

import dev.tidemark.client.owner.QueryEngine;
import dev.tidemark.protocol.database.Store;
import org.jspecify.annotations.Nullable;

/** What stays of a browser between its workers: one database, open in one of them at most. */
interface Disk {

  /** The database as a worker opens it. */
  Store open();

  /** Reads for pages. */
  QueryEngine queries();

  /**
   * The worker that had it open is gone.
   *
   * @param dice where the whole machine went down with it, chooses how much of what was committed
   *     without sync is lost; null where only the worker died
   */
  void kill(@Nullable Dice dice);

  void close();
}

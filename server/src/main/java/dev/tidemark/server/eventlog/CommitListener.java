package dev.tidemark.server.eventlog;

import java.util.List;

/** Hears of every batch once it is durable, on the writer thread, in the order of the log. */
@FunctionalInterface
public interface CommitListener {

  /**
   * @param events in position order, without duplicates of earlier events; never empty. Must be
   *     quick: nothing is written meanwhile
   */
  void committed(String space, List<LoggedEvent> events);
}

package dev.tidemark.server.search;

/** On whose behalf a search runs. */
public sealed interface Asker {

  /** A signed-in user: sees the spaces that they are a member of, and every library. */
  record User(String id) implements Asker {}

  /** Whoever owns the data folder and works on the command line: sees everything. */
  record Operator() implements Asker {}
}

package dev.tidemark.server.database;

/** What becomes of the changes that a piece of work made, and what its caller hears. */
public sealed interface Verdict<T> {

  T answer();

  /** The changes stay; the caller hears of it after they are durable. */
  record Keep<T>(T answer) implements Verdict<T> {}

  /** Every change of this work is taken back; the others of its group are not touched. */
  record Undo<T>(T answer) implements Verdict<T> {}
}

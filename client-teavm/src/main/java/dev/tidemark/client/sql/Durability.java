package dev.tidemark.client.sql;

/** When a commit returns. */
public enum Durability {
  /** After the WAL was flushed: for what exists nowhere else. */
  FULL,
  /** After the WAL was written; a power cut may take the latest commits, never the order. */
  NORMAL
}

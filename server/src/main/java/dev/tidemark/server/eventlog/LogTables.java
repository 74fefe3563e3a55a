package dev.tidemark.server.eventlog;

/** DDL of the log. Every key begins with the space. */
public final class LogTables {

  /**
   * {@code payload_hash} and {@code chain_hash} are raw SHA-256. {@code target} is the message that
   * an edit is about, so that erasing finds the edits of a message; other types leave it null.
   */
  public static final String SCHEMA =
      """
      create table log_space (
        id text primary key,
        name text not null,
        personal_of text,
        created_at integer not null
      ) strict, without rowid;
      create unique index log_space_personal on log_space (personal_of)
        where personal_of is not null;
      create table log_event (
        space text not null,
        position integer not null,
        id text not null,
        type text not null,
        author text not null,
        basis integer not null,
        client_time integer not null,
        server_time integer not null,
        target text,
        payload text not null,
        payload_hash blob not null,
        chain_hash blob not null,
        primary key (space, position)
      ) strict, without rowid;
      create unique index log_event_by_id on log_event (space, id);
      create index log_event_edits on log_event (space, target) where target is not null;
      """;

  private LogTables() {}
}

package dev.tidemark.protocol.schema;

import dev.tidemark.protocol.database.SqlConnection;
import dev.tidemark.protocol.database.SqlStatement;
import java.util.List;

/**
 * The DDL, in steps: step N takes a database from {@code user_version} N - 1 to N. A step that has
 * shipped never changes; a new one is added behind it. Server and replicas run the steps that
 * concern them.
 */
public final class Schema {

  /** Tables that projections write. Every key begins with the space; no projection crosses it. */
  private static final String PROJECTED_1 =
      """
      CREATE TABLE message (
        number INTEGER PRIMARY KEY,
        space TEXT NOT NULL,
        id TEXT NOT NULL,
        channel TEXT NOT NULL,
        thread TEXT,
        author TEXT NOT NULL,
        body TEXT NOT NULL,
        order_key INTEGER NOT NULL,
        state INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        edited_at INTEGER,
        deleted INTEGER NOT NULL,
        pinned INTEGER NOT NULL,
        replies INTEGER NOT NULL,
        last_reply_at INTEGER,
        reactions INTEGER NOT NULL,
        version INTEGER NOT NULL,
        attachments TEXT,
        UNIQUE (space, id)
      );
      CREATE INDEX message_timeline ON message (space, channel, thread, order_key, deleted, author);
      CREATE TABLE channel (
        space TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        archived INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        author TEXT NOT NULL,
        PRIMARY KEY (space, id)
      ) WITHOUT ROWID;
      CREATE TABLE reaction (
        space TEXT NOT NULL,
        message TEXT NOT NULL,
        author TEXT NOT NULL,
        emoji TEXT NOT NULL,
        channel TEXT NOT NULL,
        PRIMARY KEY (space, message, author, emoji)
      ) WITHOUT ROWID;
      CREATE TABLE member (
        space TEXT NOT NULL,
        user TEXT NOT NULL,
        role TEXT NOT NULL,
        PRIMARY KEY (space, user)
      ) WITHOUT ROWID;
      CREATE TABLE profile (
        space TEXT NOT NULL,
        user TEXT NOT NULL,
        name TEXT NOT NULL,
        avatar TEXT,
        PRIMARY KEY (space, user)
      ) WITHOUT ROWID;
      CREATE TABLE document (
        space TEXT NOT NULL,
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        author TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (space, id)
      ) WITHOUT ROWID;
      CREATE TABLE read_mark (
        space TEXT NOT NULL,
        target TEXT NOT NULL,
        channel TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (space, target, channel)
      ) WITHOUT ROWID;
      """;

  /**
   * Full text of messages, kept by triggers only, so that undo and redo of rows keep it right. An
   * update is one trigger: of two, SQLite runs the younger first, and the index would lose the
   * words that stay. Empty texts are indexed too, or FTS5's own check against the table could not
   * pass.
   */
  private static final String FULL_TEXT_1 =
      """
      CREATE VIRTUAL TABLE message_text USING fts5(
        body, content='message', content_rowid='number', tokenize='unicode61 remove_diacritics 2');
      INSERT INTO message_text(message_text, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER message_text_insert AFTER INSERT ON message BEGIN
        INSERT INTO message_text(rowid, body) VALUES (new.number, new.body);
      END;
      CREATE TRIGGER message_text_delete AFTER DELETE ON message BEGIN
        INSERT INTO message_text(message_text, rowid, body) VALUES ('delete', old.number, old.body);
      END;
      CREATE TRIGGER message_text_update AFTER UPDATE OF body ON message BEGIN
        INSERT INTO message_text(message_text, rowid, body) VALUES ('delete', old.number, old.body);
        INSERT INTO message_text(rowid, body) VALUES (new.number, new.body);
      END;
      """;

  private static final String REPLICA_1 =
      """
      CREATE TABLE events (
        space TEXT NOT NULL,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        type TEXT NOT NULL,
        author TEXT NOT NULL,
        origin TEXT NOT NULL,
        basis INTEGER NOT NULL,
        client_time INTEGER NOT NULL,
        server_time INTEGER NOT NULL,
        target TEXT,
        timeline TEXT,
        payload TEXT NOT NULL,
        PRIMARY KEY (space, position)
      ) WITHOUT ROWID;
      CREATE UNIQUE INDEX events_by_id ON events (space, id);
      CREATE INDEX events_edits ON events (space, target) WHERE type = 'message.edited';
      CREATE TABLE cursor (
        space TEXT NOT NULL PRIMARY KEY,
        position INTEGER NOT NULL,
        hash TEXT
      ) WITHOUT ROWID;
      CREATE TABLE outbox_event (
        number INTEGER PRIMARY KEY,
        space TEXT NOT NULL,
        id TEXT NOT NULL,
        type TEXT NOT NULL,
        author TEXT NOT NULL,
        basis INTEGER NOT NULL,
        client_time INTEGER NOT NULL,
        payload TEXT NOT NULL,
        state INTEGER NOT NULL,
        code TEXT,
        detail TEXT,
        undo TEXT,
        UNIQUE (space, id)
      );
      CREATE TABLE space (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        head INTEGER NOT NULL,
        personal INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE setting (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT
      ) WITHOUT ROWID;
      """;

  /** The stable views that applications query; see {@link Views}. */
  private static final String VIEWS_1 = Views.DDL;

  private static final List<String> NEW_REPLICA =
      List.of(PROJECTED_1, FULL_TEXT_1, REPLICA_1, VIEWS_1);

  private static final List<String> REPLICA_STEPS = List.of(String.join("", NEW_REPLICA));

  private Schema() {}

  /**
   * The tables that projections write, without search and views: the server's part of the schema.
   */
  public static String projectedTables() {
    return PROJECTED_1;
  }

  /** Triggers and index for full text search in messages. */
  public static String fullText() {
    return FULL_TEXT_1;
  }

  /** All tables and views of a new replica, as scripts to be run in this order. */
  public static List<String> newReplica() {
    return NEW_REPLICA;
  }

  /** Version of a replica's schema that this build reads and writes. */
  public static int replicaVersion() {
    return REPLICA_STEPS.size();
  }

  /**
   * Brings a replica to {@link #replicaVersion()}, each step in its own transaction.
   *
   * @throws IllegalStateException when the file was written by a newer build
   */
  public static void migrateReplica(SqlConnection connection) {
    int version = userVersion(connection);
    if (version > REPLICA_STEPS.size()) {
      throw new IllegalStateException(
          "the database has schema " + version + ", this build knows " + REPLICA_STEPS.size());
    }
    for (int step = version; step < REPLICA_STEPS.size(); step++) {
      connection.execute("BEGIN IMMEDIATE");
      boolean done = false;
      try {
        connection.execute(REPLICA_STEPS.get(step) + "PRAGMA user_version=" + (step + 1));
        connection.execute("COMMIT");
        done = true;
      } finally {
        if (!done) {
          connection.execute("ROLLBACK");
        }
      }
    }
  }

  /** Whether no schema was ever put into this database. */
  public static boolean isEmpty(SqlConnection connection) {
    return userVersion(connection) == 0;
  }

  private static int userVersion(SqlConnection connection) {
    SqlStatement statement = connection.prepare("PRAGMA user_version");
    try {
      statement.step();
      return (int) statement.integer(0);
    } finally {
      statement.reset();
    }
  }
}

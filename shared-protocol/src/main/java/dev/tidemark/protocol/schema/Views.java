package dev.tidemark.protocol.schema;

import dev.tidemark.protocol.codec.Protocol;

/**
 * The views that applications query: stable names over tables that may change. A view is a plain
 * renaming of one table where it can be, so that reactive queries see through it.
 */
public final class Views {
  private static final String BASE = String.valueOf(Protocol.PENDING_ORDER_BASE);

  static final String DDL =
      """
      CREATE VIEW messages AS SELECT
        space, channel, id, thread, author, body, created_at, edited_at, deleted,
        CASE state WHEN 0 THEN 'sent' WHEN 1 THEN 'pending' ELSE 'refused' END AS state,
        CASE WHEN state = 0 THEN order_key END AS position,
        order_key, replies, last_reply_at, reactions, pinned, version, attachments
      FROM message;
      CREATE VIEW channels AS SELECT
        c.space, c.id, c.name, c.archived,
        (SELECT count(*) FROM message m
          WHERE m.space = c.space AND m.channel = c.id AND m.thread IS NULL
            AND m.order_key > coalesce((SELECT max(r.position) FROM read_mark r JOIN space s ON s.id = r.space
                WHERE s.personal = 1 AND r.target = c.space AND r.channel = c.id), 0)
            AND m.order_key < %BASE% AND m.deleted = 0
            AND m.author <> (SELECT value FROM setting WHERE name = 'user')) AS unread,
        c.created_at,
        (SELECT m.created_at FROM message m
          WHERE m.space = c.space AND m.channel = c.id AND m.thread IS NULL
          ORDER BY m.order_key DESC LIMIT 1) AS last_at,
        (SELECT count(*) FROM message m
          WHERE m.space = c.space AND m.channel = c.id AND m.thread IS NULL) AS messages
      FROM channel c;
      CREATE VIEW spaces AS SELECT
        s.id, s.name, s.role, s.head, coalesce(c.position, 0) AS position, s.personal
      FROM space s LEFT JOIN cursor c ON c.space = s.id;
      CREATE VIEW reactions AS SELECT space, message, author, emoji, channel FROM reaction;
      CREATE VIEW members AS SELECT space, user, role FROM member;
      CREATE VIEW profiles AS SELECT space, user, name, avatar FROM profile;
      CREATE VIEW documents AS SELECT
        space, id, title, author, created_at, updated_at, version FROM document;
      CREATE VIEW read_marks AS SELECT
        r.target AS space, r.channel, r.position FROM read_mark r JOIN space s ON s.id = r.space
      WHERE s.personal = 1;
      CREATE VIEW outbox AS SELECT
        space, id, type, payload,
        CASE state WHEN 1 THEN 'pending' ELSE 'refused' END AS state,
        code, detail, client_time AS created_at, number
      FROM outbox_event;
      """
          .replace("%BASE%", BASE);

  private Views() {}
}

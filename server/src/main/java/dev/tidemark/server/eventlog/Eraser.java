package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.projection.ServerProjection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Replaces the texts of a deleted message by tombstones in the log: in the event that created it
 * and in each of its edits. Payload hashes stay, so the chain stays valid.
 */
final class Eraser {
  /** Without the hint SQLite walks the whole space by its primary key. */
  static final String FIND_EDITS =
      "select position, type, payload from log_event indexed by log_event_edits"
          + " where space = ? and target = ? and target is not null";

  private final PreparedStatement findCreate;
  private final PreparedStatement findEdits;
  private final PreparedStatement replace;
  private final ServerProjection projection;

  Eraser(StatementCache statements, ServerProjection projection) throws SQLException {
    this.projection = projection;
    findCreate =
        statements.prepare(
            "select position, type, payload from log_event where space = ? and position = ?");
    findEdits = statements.prepare(FIND_EDITS);
    replace =
        statements.prepare("update log_event set payload = ? where space = ? and position = ?");
  }

  void eraseMessage(String space, String message) throws SQLException {
    findCreate.setString(1, space);
    findCreate.setLong(2, projection.createdAt(space, message));
    eraseAll(space, findCreate);
    findEdits.setString(1, space);
    findEdits.setString(2, message);
    eraseAll(space, findEdits);
  }

  private void eraseAll(String space, PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String type = rows.getString(2);
        WorkspaceEvent event = EventCodec.decodeStored(type, JacksonJson.parse(rows.getString(3)));
        if (event == null) {
          throw new IllegalStateException("the log holds an event of unknown type " + type);
        }
        replace.setString(1, EventTypes.encodeErased(event));
        replace.setString(2, space);
        replace.setLong(3, rows.getLong(1));
        replace.executeUpdate();
      }
    }
  }
}

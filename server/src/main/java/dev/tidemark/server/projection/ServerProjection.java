package dev.tidemark.server.projection;

import dev.tidemark.protocol.authority.Authority;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.jvm.JdbcSql;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.Schema;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import dev.tidemark.server.database.StatementCache;
import org.jspecify.annotations.Nullable;

/** The projected tables on the writer's connection. Confined to the writer thread. */
public final class ServerProjection {
  /** DDL: the projected tables of the protocol, and what only the server asks them. */
  public static final String SCHEMA =
      Schema.projectedTables() + "create index member_by_user on member (user, space);";

  private final CachedRows database;

  public ServerProjection(StatementCache statements) {
    this.database = new CachedRows(new SqlDatabase(new JdbcSql(statements.connection())));
  }

  /** To be called when a transaction begins or was undone. */
  public void forgetCachedRows() {
    database.forget();
  }

  public Authority authority(String space, boolean personal) {
    return new Authority(database, space, personal);
  }

  /** Projects an event that has just got its place. */
  public void apply(Event event) {
    WorkspaceProjection.applyConfirmed(event, database);
  }

  /** Position of the event that created a message, or 0 where there is no such message. */
  public long createdAt(String space, String message) {
    @Nullable Object[] row = database.find(Message.TABLE.key(), space, message);
    return row != null && row[Message.ORDER_KEY] instanceof Long position ? position : 0;
  }

  public boolean isDeleted(String space, String message) {
    @Nullable Object[] row = database.find(Message.TABLE.key(), space, message);
    return row != null && Long.valueOf(1).equals(row[Message.DELETED]);
  }
}

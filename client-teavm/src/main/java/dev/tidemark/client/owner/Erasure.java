package dev.tidemark.client.owner;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deleted message's texts leave the local log too: tombstones take the place of its create and
 * its edits.
 */
final class Erasure {
  private final Database database;
  private final JsonParser json;
  private final EditsOfMessage edits;

  Erasure(Database database, JsonParser json, EditsOfMessage edits) {
    this.database = database;
    this.json = json;
    this.edits = edits;
  }

  /** Inside the transaction that applied the confirmed deletion. */
  void eraseMessage(String space, String messageId) {
    @Nullable Object[] message = database.find(Message.TABLE.key(), space, messageId);
    if (message != null) {
      long position = (Long) Objects.requireNonNull(message[Message.ORDER_KEY]);
      if (position < Protocol.PENDING_ORDER_BASE) {
        @Nullable Object[] created = database.find(Events.TABLE.key(), space, position);
        if (created != null) {
          erase(created);
        }
      }
    }
    for (@Nullable Object[] edit : edits.find(space, messageId)) {
      erase(edit);
    }
  }

  private void erase(@Nullable Object[] row) {
    String type = (String) Objects.requireNonNull(row[Events.TYPE]);
    String payload = (String) Objects.requireNonNull(row[Events.PAYLOAD]);
    WorkspaceEvent body = EventCodec.decodeStored(type, json.parse(payload));
    if (body != null) {
      @Nullable Object[] erased = row.clone();
      erased[Events.PAYLOAD] = EventTypes.encodeErased(body);
      database.update(Events.TABLE, row, erased);
    }
  }
}

package dev.tidemark.client.owner;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a user wrote, as the log here has it, in a form that can be sent again. */
final class OwnEvents {
  private OwnEvents() {}

  /**
   * All of a space by that author, in order, from whatever device, but for what cannot be sent
   * again: events of unknown types and erased texts. Nor is a leave: whoever reads this has come
   * back since.
   */
  static List<Event> toSendAgain(Database log, JsonParser json, String space, String author) {
    List<Event> own = new ArrayList<>();
    for (@Nullable Object[] row : log.scan(Events.TABLE, Integer.MAX_VALUE, space)) {
      if (author.equals(row[Events.AUTHOR])) {
        String type = text(row, Events.TYPE);
        String payload = text(row, Events.PAYLOAD);
        WorkspaceEvent body = EventCodec.decodeStored(type, json.parse(payload));
        if (body != null && canBeSent(body, payload, author)) {
          // The head that its author had seen is one of the lost history: 0 is true of any.
          own.add(
              new Event(
                  space, 0, text(row, Events.ID), type, author, 0, time(row), 0, payload, body));
        }
      }
    }
    return own;
  }

  private static boolean canBeSent(WorkspaceEvent body, String payload, String author) {
    return switch (body) {
      case WorkspaceEvent.MessageCreated e -> !EventTypes.encodeErased(e).equals(payload);
      case WorkspaceEvent.MessageEdited e -> !EventTypes.encodeErased(e).equals(payload);
      case WorkspaceEvent.MemberLeft e -> !e.userId().equals(author);
      default -> true;
    };
  }

  private static String text(@Nullable Object[] row, int column) {
    return (String) Objects.requireNonNull(row[column], "a column that is never NULL");
  }

  private static long time(@Nullable Object[] row) {
    return (Long) Objects.requireNonNull(row[Events.CLIENT_TIME], "a column that is never NULL");
  }
}

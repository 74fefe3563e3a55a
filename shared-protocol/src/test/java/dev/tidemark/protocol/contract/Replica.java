package dev.tidemark.protocol.contract;

import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.protocol.projection.Targets;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.ReplicaTables.CursorMark;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.WorkspaceTables;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The plainest replica there can be: every confirmed event goes over the wire, into the log, and
 * through the projections, unless the log has it already.
 */
public final class Replica {
  private final Database database;
  private final @Nullable Function<String, JsonObject> parser;

  /**
   * @param parser the platform's JSON parser, or null to leave the wire out
   */
  public Replica(Database database, @Nullable Function<String, JsonObject> parser) {
    this.database = database;
    this.parser = parser;
  }

  /** Applies confirmed events; those that the log has already change nothing. */
  public void apply(List<Event> events) {
    for (Event given : events) {
      Event event = overTheWire(given);
      if (database.insert(Events.TABLE, row(event))) {
        WorkspaceProjection.applyConfirmed(event, database);
        moveCursor(event);
      }
    }
  }

  /** Projects an own event that the server has not confirmed; {@code undo()} takes it back. */
  public RecordingDatabase applyPending(Event event, long number) {
    RecordingDatabase recording = new RecordingDatabase(database);
    WorkspaceProjection.apply(
        event, Protocol.PENDING_ORDER_BASE + number, Message.STATE_PENDING, recording);
    return recording;
  }

  /** Removes all that the replica holds of a space, as when its user has left it. */
  public void forget(String space) {
    List<Table> tables = new ArrayList<>(WorkspaceTables.ALL);
    tables.add(Events.TABLE);
    tables.add(CursorMark.TABLE);
    for (Table table : tables) {
      for (@Nullable Object[] row : database.scan(table, Integer.MAX_VALUE, space)) {
        database.delete(table, row);
      }
    }
  }

  /** The log as it stands once the texts of all deleted messages are erased. */
  public static List<Event> erased(List<Event> events) {
    Set<String> deleted = new HashSet<>();
    for (Event event : events) {
      if (event.body() instanceof WorkspaceEvent.MessageDeleted e) {
        deleted.add(e.messageId());
      }
    }
    List<Event> erased = new ArrayList<>();
    for (Event event : events) {
      WorkspaceEvent tombstone = tombstone(event.body(), deleted);
      erased.add(tombstone == null ? event : withBody(event, tombstone));
    }
    return erased;
  }

  private static @Nullable WorkspaceEvent tombstone(
      @Nullable WorkspaceEvent body, Set<String> deleted) {
    if (body instanceof WorkspaceEvent.MessageCreated e && deleted.contains(e.messageId())) {
      return new WorkspaceEvent.MessageCreated(
          e.messageId(), e.channelId(), "", e.threadId(), List.of());
    }
    if (body instanceof WorkspaceEvent.MessageEdited e && deleted.contains(e.messageId())) {
      return new WorkspaceEvent.MessageEdited(e.messageId(), "");
    }
    return null;
  }

  private static Event withBody(Event event, WorkspaceEvent body) {
    return new Event(
        event.space(),
        event.position(),
        event.id(),
        event.type(),
        event.author(),
        event.basis(),
        event.clientTime(),
        event.serverTime(),
        EventTypes.encodeErased(body),
        body);
  }

  private Event overTheWire(Event event) {
    if (parser == null) {
      return event;
    }
    JsonText text = new JsonText();
    EventCodec.writeConfirmed(event, text);
    return EventCodec.decodeConfirmed(event.space(), parser.apply(text.toString()));
  }

  private void moveCursor(Event event) {
    @Nullable Object[] after = {event.space(), event.position(), null};
    @Nullable Object[] before = database.find(CursorMark.TABLE.key(), event.space());
    if (before == null) {
      database.insert(CursorMark.TABLE, after);
    } else {
      database.update(CursorMark.TABLE, before, after);
    }
  }

  private static @Nullable Object[] row(Event event) {
    return new @Nullable Object[] {
      event.space(),
      event.position(),
      event.id(),
      event.type(),
      event.author(),
      event.origin(),
      event.basis(),
      event.clientTime(),
      event.serverTime(),
      Targets.target(event.body()),
      Targets.timeline(event.body()),
      event.payload()
    };
  }
}

package dev.tidemark.client.owner;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.contract.MemoryDatabase;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.jvm.JacksonJson;
import dev.tidemark.protocol.jvm.JdbcSql;
import dev.tidemark.protocol.projection.StateHash;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.Schema;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ada's replica of one space on SQLite in memory, and the log that the server has of it. */
final class ReplicaFixture implements Replica.Listener {
  static final String SPACE = "space";
  static final String USER = "ada";

  final JdbcSql connection;
  final Store store;
  final List<Event> log = new ArrayList<>();
  final List<String> confirmed = new ArrayList<>();
  final List<PendingEvent> refused = new ArrayList<>();
  private Replica replica;
  private int made;

  ReplicaFixture() {
    try {
      connection = new JdbcSql(DriverManager.getConnection("jdbc:sqlite::memory:"));
    } catch (SQLException e) {
      throw new IllegalStateException("opening a database in memory", e);
    }
    Schema.migrateReplica(connection);
    store = new SqlReplicaStore(connection);
    replica = open(store);
  }

  private Replica open(Store over) {
    Replica opened = new Replica(over, JacksonJson::parse, (s, m) -> edits(store, s, m), this);
    opened.open(USER);
    return opened;
  }

  Replica replica() {
    return replica;
  }

  /** A new process over the same database. */
  void restart() {
    replica = open(store);
  }

  /** The same, with other ways of failing. */
  void restartOver(Store other) {
    replica = open(other);
  }

  static List<@Nullable Object[]> edits(Store store, String space, String message) {
    return store.scan(Events.TABLE, Integer.MAX_VALUE, space).stream()
        .filter(row -> "message.edited".equals(row[Events.TYPE]))
        .filter(row -> message.equals(row[Events.TARGET]))
        .toList();
  }

  Event event(String author, WorkspaceEvent body) {
    made++;
    return new Event(
        SPACE,
        0,
        "e" + made,
        EventTypes.of(body).name(),
        author,
        log.size(),
        1_790_000_000_000L + made,
        0,
        EventTypes.encode(body),
        body);
  }

  static WorkspaceEvent message(String id, String body) {
    return new WorkspaceEvent.MessageCreated(id, "c", body, null, List.of());
  }

  /** Ada writes. */
  Event write(WorkspaceEvent body) {
    Event event = event(USER, body);
    replica.write(event);
    return event;
  }

  /** The server places an event; nobody has heard of it yet. */
  Event place(Event event) {
    Event placed = event.confirmedAt(log.size() + 1L, event.clientTime() + 5);
    log.add(placed);
    return placed;
  }

  /** The server places events and the replica hears of them at once. */
  void confirm(Event... events) {
    List<Event> placed = new ArrayList<>();
    for (Event event : events) {
      placed.add(place(event));
    }
    replica.apply(SPACE, placed, null);
  }

  /** Somebody else's event, confirmed. */
  void byBen(WorkspaceEvent body) {
    confirm(event("ben", body));
  }

  @Nullable Object @Nullable [] message(String id) {
    return store.find(Message.TABLE.key(), SPACE, id);
  }

  @Nullable Object of(String message, int column) {
    return Objects.requireNonNull(message(message), "a message")[column];
  }

  /** What the log alone gives. */
  Map<String, String> replayed() {
    MemoryDatabase rows = new MemoryDatabase();
    log.forEach(event -> WorkspaceProjection.applyConfirmed(event, rows));
    return StateHash.ofSpace(rows, SPACE);
  }

  Map<String, String> shown() {
    return StateHash.ofSpace(store, SPACE);
  }

  @Override
  public void committed(List<Change> changes) {}

  @Override
  public void confirmed(String space, String id, long position) {
    confirmed.add(id + " at " + position);
  }

  @Override
  public void refused(PendingEvent event) {
    refused.add(event);
  }
}

package dev.tidemark.server.eventlog;

import dev.tidemark.protocol.authority.Authority;
import dev.tidemark.protocol.authority.Decision;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.database.StatementCache;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.eventlog.AppendResult.Place;
import dev.tidemark.server.projection.ServerProjection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches inside the writer's transaction. What it keeps:
 *
 * <ol>
 *   <li>Positions of a space are 1, 2, 3, ... without gap; a refused batch leaves none.
 *   <li>An id stands once in a space; the same event again gets its old position.
 *   <li>Each event was allowed by the state that the events before it had made.
 *   <li>Log and projected rows change in the same transaction.
 * </ol>
 *
 * <p>Bound to the writer's connection and thread.
 */
final class LogAppender {
  /** The cross join makes SQLite look each id up instead of walking all ids of the space. */
  static final String KNOWN_EVENTS =
      """
      select e.id, e.position, e.payload_hash, e.author
      from json_each(?2) given cross join log_event e on e.space = ?1 and e.id = given.value
      """;

  private final PreparedStatement findEvents;
  private final PreparedStatement findHead;
  private final PreparedStatement findSpace;
  private final PreparedStatement insertEvent;
  private final Eraser eraser;
  private final ServerProjection projection;

  LogAppender(StatementCache statements) {
    projection = new ServerProjection(statements);
    try {
      eraser = new Eraser(statements, projection);
      findEvents = statements.prepare(KNOWN_EVENTS);
      findHead =
          statements.prepare(
              "select position, chain_hash from log_event where space = ?"
                  + " order by position desc limit 1");
      findSpace = statements.prepare("select personal_of from log_space where id = ?");
      insertEvent =
          statements.prepare(
              "insert into log_event(space, position, id, type, author, basis, client_time,"
                  + " server_time, target, payload, payload_hash, chain_hash)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    } catch (SQLException e) {
      throw new IllegalStateException("the statements of the log must prepare", e);
    }
  }

  /** Heads of the spaces that this group has touched. */
  static final class Heads {
    private final Map<String, Head> bySpace = new HashMap<>();
  }

  private static final class Head {
    private final Authority authority;
    private long position;
    private Hash chainHash;

    Head(Authority authority, long position, Hash chainHash) {
      this.authority = authority;
      this.position = position;
      this.chainHash = chainHash;
    }
  }

  Verdict<AppendResult> append(
      WriteTransaction transaction, Batch batch, long nowMillis, CommitListener listener)
      throws SQLException {
    Head head = head(transaction, batch.space());
    if (head == null || isForeign(batch, head)) {
      return new Verdict.Undo<>(new AppendResult.NoSuchSpace());
    }
    Placing placing = new Placing(batch, head, known(batch), nowMillis);
    for (int i = 0; i < batch.proposals().size(); i++) {
      AppendResult.Refused refusal = placing.place(batch.proposals().get(i), i);
      if (refusal != null) {
        return new Verdict.Undo<>(refusal);
      }
    }
    if (!placing.added.isEmpty()) {
      List<LoggedEvent> published = List.copyOf(placing.added);
      transaction.afterCommit(() -> listener.committed(batch.space(), published));
    }
    return new Verdict.Keep<>(new AppendResult.Appended(placing.places, head.position));
  }

  private static boolean isForeign(Batch batch, Head head) {
    return switch (batch.origin()) {
      case SERVER, IMPORT -> false;
      case USER ->
          batch.proposals().isEmpty()
              || head.authority.roleOf(batch.proposals().getFirst().event().author()) == null;
    };
  }

  /** One batch on its way into the log, event by event. */
  private final class Placing {
    private final Batch batch;
    private final Head head;
    private final Map<String, Known> known;
    private final long nowMillis;
    private final List<Place> places;
    private final List<LoggedEvent> added;

    Placing(Batch batch, Head head, Map<String, Known> known, long nowMillis) {
      this.batch = batch;
      this.head = head;
      this.known = known;
      this.nowMillis = nowMillis;
      this.places = new ArrayList<>(batch.proposals().size());
      this.added = new ArrayList<>(batch.proposals().size());
    }

    AppendResult.@Nullable Refused place(Proposal proposal, int index) throws SQLException {
      Event event = proposal.event();
      Known before = known.get(event.id());
      if (before != null) {
        return repeat(proposal, before, index);
      }
      if (batch.origin() == Batch.Origin.USER
          && head.authority.decide(event)
              instanceof Decision.Refused(ProblemCode code, String detail)) {
        return new AppendResult.Refused(code, detail, index, event.id());
      }
      add(withoutErasedText(event), proposal.payloadHash());
      return null;
    }

    private AppendResult.@Nullable Refused repeat(Proposal proposal, Known before, int index) {
      Event event = proposal.event();
      boolean same =
          before.payloadHash.equals(proposal.payloadHash()) && before.author.equals(event.author());
      if (!same && batch.origin() != Batch.Origin.IMPORT) {
        return new AppendResult.Refused(
            ProblemCode.ID_CONFLICT,
            "There is another event with the id " + event.id() + " in this space.",
            index,
            event.id());
      }
      places.add(new Place(event.id(), before.position, true, !same));
      return null;
    }

    private void add(Event event, Hash payloadHash) throws SQLException {
      Event confirmed = event.confirmedAt(head.position + 1, nowMillis);
      Hash chainHash =
          EventHash.chain(head.chainHash, event.id(), event.type(), event.author(), payloadHash);
      insert(confirmed, payloadHash, chainHash);
      projection.apply(confirmed);
      if (confirmed.body() instanceof WorkspaceEvent.MessageDeleted deleted) {
        eraser.eraseMessage(confirmed.space(), deleted.messageId());
      }
      head.position = confirmed.position();
      head.chainHash = chainHash;
      known.put(event.id(), new Known(head.position, payloadHash, event.author()));
      places.add(new Place(event.id(), confirmed.position(), false, false));
      added.add(new LoggedEvent(confirmed, chainHash));
    }
  }

  /** An edit that comes after the message was deleted is accepted, but its text is not kept. */
  private Event withoutErasedText(Event event) {
    if (event.body() instanceof WorkspaceEvent.MessageEdited edited
        && projection.isDeleted(event.space(), edited.messageId())) {
      return new Event(
          event.space(),
          event.position(),
          event.id(),
          event.type(),
          event.author(),
          event.basis(),
          event.clientTime(),
          event.serverTime(),
          EventTypes.encodeErased(edited),
          edited);
    }
    return event;
  }

  private @Nullable Head head(WriteTransaction transaction, String space) throws SQLException {
    Heads heads = transaction.perAttempt(Heads.class, this::newHeads);
    Head head = heads.bySpace.get(space);
    if (head == null) {
      head = loadHead(space);
      if (head != null) {
        heads.bySpace.put(space, head);
      }
    }
    return head;
  }

  private Heads newHeads() {
    projection.forgetCachedRows();
    return new Heads();
  }

  private @Nullable Head loadHead(String space) throws SQLException {
    boolean personal;
    findSpace.setString(1, space);
    try (ResultSet row = findSpace.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      personal = row.getString(1) != null;
    }
    Authority authority = projection.authority(space, personal);
    findHead.setString(1, space);
    try (ResultSet row = findHead.executeQuery()) {
      return row.next()
          ? new Head(authority, row.getLong(1), Hash.of(row.getBytes(2)))
          : new Head(authority, 0, EventHash.genesis());
    }
  }

  private record Known(long position, Hash payloadHash, String author) {}

  /** Those events of a batch that the log holds already, by id. */
  private Map<String, Known> known(Batch batch) throws SQLException {
    JsonText ids = new JsonText().beginArray();
    batch.proposals().forEach(proposal -> ids.value(proposal.event().id()));
    findEvents.setString(1, batch.space());
    findEvents.setString(2, ids.endArray().toString());
    Map<String, Known> known = new HashMap<>();
    try (ResultSet row = findEvents.executeQuery()) {
      while (row.next()) {
        known.put(
            row.getString(1),
            new Known(row.getLong(2), Hash.of(row.getBytes(3)), row.getString(4)));
      }
    }
    return known;
  }

  private void insert(Event event, Hash payloadHash, Hash chainHash) throws SQLException {
    insertEvent.setString(1, event.space());
    insertEvent.setLong(2, event.position());
    insertEvent.setString(3, event.id());
    insertEvent.setString(4, event.type());
    insertEvent.setString(5, event.author());
    insertEvent.setLong(6, event.basis());
    insertEvent.setLong(7, event.clientTime());
    insertEvent.setLong(8, event.serverTime());
    insertEvent.setString(
        9, event.body() instanceof WorkspaceEvent.MessageEdited edited ? edited.messageId() : null);
    insertEvent.setString(10, event.payload());
    insertEvent.setBytes(11, payloadHash.bytes());
    insertEvent.setBytes(12, chainHash.bytes());
    insertEvent.executeUpdate();
  }
}

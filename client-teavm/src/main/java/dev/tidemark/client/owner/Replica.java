package dev.tidemark.client.owner;

import dev.tidemark.client.outbox.Outbox;
import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.outbox.PendingEvent.Refusal;
import dev.tidemark.client.outbox.Recorder;
import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.projection.Targets;
import dev.tidemark.protocol.schema.ReplicaTables.CursorMark;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.ReplicaTables.Setting;
import dev.tidemark.protocol.schema.ReplicaTables.Space;
import dev.tidemark.protocol.schema.WorkspaceTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One browser's copy of the spaces its user belongs to. Every public method that writes is one
 * transaction; what changed is handed to the listener after the commit. Invariants (numbers of
 * docs/reliability.md): I3 positions are applied without gaps, I8 rows and cursor change together,
 * I10 with an empty outbox the rows are those of the log alone.
 */
public final class Replica {
  private static final int ROWS = Integer.MAX_VALUE;

  /** Told after each commit, on the same thread. */
  public interface Listener {
    /** Rows that changed, in order. */
    void committed(List<Change> changes);

    /** An own event got its position. */
    void confirmed(String space, String id, long position);

    /** An own event was refused, by the server or because what it builds on was. */
    void refused(PendingEvent event);
  }

  /** What becomes of a written event. */
  public sealed interface Outcome {
    record Pending() implements Outcome {}

    record Confirmed(long position) implements Outcome {}

    record Refused(String code, String detail) implements Outcome {}

    /** Never seen here, or discarded. */
    record Unknown() implements Outcome {}
  }

  private final Store store;
  private final Recorder recorder;
  private final Outbox outbox;
  private final Erasure erasure;
  private final JsonParser json;
  private final Listener listener;
  private String user = "";
  private boolean confirmedDurably;
  private @Nullable String cursorText;

  public Replica(Store store, JsonParser json, EditsOfMessage edits, Listener listener) {
    this.store = store;
    this.recorder = new Recorder(store);
    this.outbox = new Outbox(store, recorder, json);
    this.erasure = new Erasure(store, json, edits);
    this.json = json;
    this.listener = listener;
  }

  /**
   * Commits confirmed events with {@code synchronous=FULL} as well; for comparisons in benchmarks.
   */
  public void confirmDurably() {
    confirmedDurably = true;
  }

  /**
   * Takes the database into use: raises the epoch, remembers the user, reads the outbox. The commit
   * is not flushed, which would hold up every take-over: if the machine loses it, it has lost all
   * pages that know the epoch too.
   *
   * @return the new epoch, one above that of the owner before
   */
  public long open(String user) {
    this.user = user;
    long epoch =
        transaction(
            false,
            () -> {
              long next =
                  Long.parseLong(Objects.requireNonNullElse(setting(Setting.EPOCH), "0")) + 1;
              putSetting(Setting.EPOCH, String.valueOf(next));
              putSetting(Setting.USER, user);
              return next;
            });
    outbox.load();
    return epoch;
  }

  /**
   * Stores an own event durably and projects it.
   *
   * @throws IllegalStateException when an event of that id is known: ask {@link #outcome} first
   */
  public PendingEvent write(Event event) {
    Outcome known = outcome(event.space(), event.id());
    if (!(known instanceof Outcome.Unknown)) {
      throw new IllegalStateException("event " + event.id() + " is known: " + known);
    }
    return transaction(true, () -> outbox.append(event));
  }

  /** What has become of an own event. */
  public Outcome outcome(String space, String id) {
    PendingEvent pending = outbox.find(space, id);
    if (pending != null) {
      Refusal refusal = pending.refusal();
      return refusal == null
          ? new Outcome.Pending()
          : new Outcome.Refused(refusal.code(), refusal.detail());
    }
    @Nullable Object[] row = store.find(Events.BY_ID, space, id);
    return row == null
        ? new Outcome.Unknown()
        : new Outcome.Confirmed((Long) Objects.requireNonNull(row[Events.POSITION]));
  }

  /**
   * Applies events of one space that the server has placed. Those at or below the cursor are
   * skipped, so that replays are harmless.
   *
   * @param events ascending by position without gaps
   * @param hash chain hash at the last of them, as the stream gave it, or null where unknown
   * @throws ReplicaException when events are missing between the cursor and the first of these;
   *     nothing is applied
   */
  public void apply(String space, List<Event> events, @Nullable String hash) {
    long position = position(space);
    List<Event> fresh = new ArrayList<>(events.size());
    for (Event event : events) {
      if (event.position() > position + fresh.size()) {
        if (event.position() != position + fresh.size() + 1) {
          throw new ReplicaException(
              "events missing in "
                  + space
                  + ": have "
                  + (position + fresh.size())
                  + ", given "
                  + event.position());
        }
        fresh.add(event);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    long head = position + fresh.size();
    Outbox.Confirmation outcome =
        transaction(
            confirmedDurably,
            () -> {
              for (Event event : fresh) {
                log(event);
              }
              Outbox.Confirmation confirmation = outbox.confirm(space, fresh);
              for (Event event : fresh) {
                if (event.body() instanceof WorkspaceEvent.MessageDeleted deleted) {
                  erasure.eraseMessage(space, deleted.messageId());
                }
              }
              moveCursor(space, head, hash);
              return confirmation;
            });
    if (!outcome.confirmed().isEmpty()) {
      for (Event event : fresh) {
        if (outcome.confirmed().contains(event.id())) {
          listener.confirmed(space, event.id(), event.position());
        }
      }
    }
    outcome.refused().forEach(listener::refused);
  }

  /**
   * Places events itself and applies them as confirmed, on a database without a server; those whose
   * id is in the log are skipped.
   *
   * @param eventsFrom gives the events, with positions from the given one on
   */
  public void applyLocally(String space, LongFunction<List<Event>> eventsFrom) {
    long first = position(space) + 1;
    List<Event> events = eventsFrom.apply(first);
    try {
      apply(space, events, null);
    } catch (ReplicaException e) {
      List<Event> fresh = new ArrayList<>();
      for (Event event : events) {
        if (store.find(Events.BY_ID, space, event.id()) == null) {
          fresh.add(event.confirmedAt(first + fresh.size(), event.serverTime()));
        }
      }
      apply(space, fresh, null);
    }
  }

  private void log(Event event) {
    boolean added =
        recorder.insert(
            Events.TABLE,
            new @Nullable Object[] {
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
            });
    if (!added) {
      throw new ReplicaException(
          "event " + event.id() + " of " + event.space() + " is in the log at another position");
    }
  }

  private void moveCursor(String space, long position, @Nullable String hash) {
    cursorText = null;
    @Nullable Object[] after = {space, position, hash};
    @Nullable Object[] before = store.find(CursorMark.TABLE.key(), space);
    if (before == null) {
      recorder.insert(CursorMark.TABLE, after);
    } else {
      recorder.update(CursorMark.TABLE, before, after);
    }
    @Nullable Object[] known = store.find(Space.TABLE.key(), space);
    if (known != null && (Long) Objects.requireNonNull(known[Space.HEAD]) < position) {
      @Nullable Object[] raised = known.clone();
      raised[Space.HEAD] = position;
      recorder.update(Space.TABLE, known, raised);
    }
  }

  /** The server's refusal of an own event; those that build on it are set aside with it. */
  public void refuse(String space, String id, String code, String detail) {
    if (!(outcome(space, id) instanceof Outcome.Pending)) {
      return;
    }
    List<PendingEvent> refused =
        transaction(true, () -> outbox.refuse(space, id, new Refusal(code, detail)));
    refused.forEach(listener::refused);
  }

  /** Forgets a refused event and what is left of it; false where there is none. */
  public boolean discard(String space, String id) {
    return transaction(true, () -> outbox.discard(space, id));
  }

  /**
   * Puts a new own event in the place of a refused one, in one transaction, so that a crash leaves
   * one of them.
   *
   * @throws IllegalStateException when the old one is not refused, or the new one's id is known
   */
  public PendingEvent replace(PendingEvent refused, Event fresh) {
    Outcome known = outcome(fresh.space(), fresh.id());
    if (!(known instanceof Outcome.Unknown)) {
      throw new IllegalStateException("event " + fresh.id() + " is known: " + known);
    }
    Event old = refused.event();
    return transaction(
        true,
        () -> {
          if (!outbox.discard(old.space(), old.id())) {
            throw new IllegalStateException("event " + old.id() + " is not refused");
          }
          return outbox.append(fresh);
        });
  }

  /** Whether an event of that id is known here that is not this one. */
  public boolean isTakenByAnother(Event event) {
    PendingEvent pending = outbox.find(event.space(), event.id());
    if (pending != null) {
      Event known = pending.event();
      return !known.type().equals(event.type())
          || !known.author().equals(event.author())
          || known.clientTime() != event.clientTime()
          || !known.payload().equals(event.payload());
    }
    @Nullable Object[] row = store.find(Events.BY_ID, event.space(), event.id());
    if (row == null) {
      return false;
    }
    // The log's texts of messages may be erased.
    boolean erasable =
        event.body() instanceof WorkspaceEvent.MessageCreated
            || event.body() instanceof WorkspaceEvent.MessageEdited;
    return !event.type().equals(row[Events.TYPE])
        || !event.author().equals(row[Events.AUTHOR])
        || !Objects.equals(event.clientTime(), row[Events.CLIENT_TIME])
        || !(erasable || event.payload().equals(row[Events.PAYLOAD]));
  }

  /** What the server tells of a space this user belongs to. */
  public void putSpace(String id, String name, String role, long head, boolean personal) {
    transaction(
        false,
        () -> {
          @Nullable Object[] before = store.find(Space.TABLE.key(), id);
          @Nullable Object[] after = {id, name, role, head, personal ? 1L : 0L};
          if (before == null) {
            recorder.insert(Space.TABLE, after);
          } else {
            after[Space.HEAD] = Math.max(head, (Long) Objects.requireNonNull(before[Space.HEAD]));
            recorder.update(Space.TABLE, before, after);
          }
          return true;
        });
  }

  /**
   * Drops everything of a space that this user may no longer read.
   *
   * @return how many own events were still waiting in it
   */
  public int dropSpace(String space) {
    cursorText = null;
    return transaction(
        true,
        () -> {
          int waiting = outbox.forgetSpace(space);
          for (Table table : WorkspaceTables.ALL) {
            dropRows(table, space);
          }
          dropRows(Events.TABLE, space);
          dropRows(CursorMark.TABLE, space);
          dropRows(Space.TABLE, space);
          return waiting;
        });
  }

  /**
   * Begins a space anew, because the server's history of it is not the one that was applied here:
   * it was restored from an older backup. Nothing own is lost: what this user wrote and the server
   * had confirmed waits again, under the same ids and before what waited already. What the server
   * still has of it comes back as a duplicate; what others wrote and the server has lost can only
   * come from them.
   *
   * @return how many confirmed events wait again, or -1 where nothing of the space was applied
   */
  public int startOver(String space) {
    if (position(space) == 0) {
      return -1;
    }
    cursorText = null;
    return transaction(
        true,
        () -> {
          List<Event> again = OwnEvents.toSendAgain(store, json, space, user);
          for (Table table : WorkspaceTables.ALL) {
            dropRows(table, space);
          }
          dropRows(Events.TABLE, space);
          // The cursor goes on naming the space: else nobody would tell that it was left meanwhile.
          moveCursor(space, 0, null);
          @Nullable Object[] known = store.find(Space.TABLE.key(), space);
          if (known != null) {
            @Nullable Object[] lowered = known.clone();
            lowered[Space.HEAD] = 0L;
            recorder.update(Space.TABLE, known, lowered);
          }
          return outbox.startOver(space, again);
        });
  }

  private void dropRows(Table table, String space) {
    for (@Nullable Object[] row : store.scan(table, ROWS, space)) {
      recorder.delete(table, row);
    }
  }

  /** The position applied of a space, 0 for none. */
  public long position(String space) {
    @Nullable Object[] row = store.find(CursorMark.TABLE.key(), space);
    return row == null ? 0 : (Long) Objects.requireNonNull(row[CursorMark.POSITION]);
  }

  /** Positions and hashes of all spaces. */
  public Cursor cursor() {
    Map<String, Cursor.Mark> marks = new LinkedHashMap<>();
    for (@Nullable Object[] row : store.scan(CursorMark.TABLE, ROWS)) {
      marks.put(
          (String) Objects.requireNonNull(row[CursorMark.SPACE]),
          new Cursor.Mark(
              (Long) Objects.requireNonNull(row[CursorMark.POSITION]),
              (String) row[CursorMark.HASH]));
    }
    return new Cursor(marks);
  }

  /** {@link #cursor()} as text, kept between moves: it is part of every status. */
  public String cursorText() {
    if (cursorText == null) {
      cursorText = cursor().toString();
    }
    return cursorText;
  }

  /** All entries of the outbox, space by space, each in the order of writing. */
  public List<PendingEvent> outbox() {
    return outbox.all();
  }

  /** The entry of the outbox for that event, or null. */
  public @Nullable PendingEvent pending(String space, String id) {
    return outbox.find(space, id);
  }

  /** How many own events wait for the server. */
  public int waiting() {
    return outbox.waiting();
  }

  /** How many refused events nobody has retried or discarded. */
  public int refused() {
    return outbox.refused();
  }

  private @Nullable String setting(String name) {
    @Nullable Object[] row = store.find(Setting.TABLE.key(), name);
    return row == null ? null : (String) row[Setting.VALUE];
  }

  private void putSetting(String name, String value) {
    @Nullable Object[] before = store.find(Setting.TABLE.key(), name);
    @Nullable Object[] after = {name, value};
    if (before == null) {
      recorder.insert(Setting.TABLE, after);
    } else {
      recorder.update(Setting.TABLE, before, after);
    }
  }

  private <T> T transaction(boolean durable, Supplier<T> work) {
    store.begin(durable);
    T result;
    try {
      result = work.get();
      store.commit();
    } catch (RuntimeException e) {
      recorder.takeChanges();
      cursorText = null;
      try {
        store.rollback();
      } catch (SqlException again) {
        e.addSuppressed(again);
      }
      outbox.load();
      throw e;
    }
    List<Change> changes = recorder.takeChanges();
    if (!changes.isEmpty()) {
      listener.committed(changes);
    }
    return result;
  }
}

package dev.tidemark.client.outbox;

import dev.tidemark.client.outbox.OutboxList.Entry;
import dev.tidemark.client.outbox.PendingEvent.Refusal;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.ReplicaTables;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Own events between being written here and being confirmed or refused by the server. Invariants:
 *
 * <ol>
 *   <li>The projected tables are what the confirmed events give, followed by the optimistic effects
 *       of the outbox in the order of writing.
 *   <li>Every entry's undo takes back exactly its own effect while all newer entries are taken
 *       back.
 *   <li>An entry leaves the outbox in the transaction that stores its confirmation, or when its
 *       author discards it.
 * </ol>
 *
 * Every method that writes runs inside a transaction of the caller; after a rollback call {@link
 * #load()}.
 */
public final class Outbox {
  private static final int ROWS = Integer.MAX_VALUE;

  private final Store store;
  private final Recorder recorder;
  private final JsonParser json;
  private final OutboxList list = new OutboxList();
  private long nextNumber = 1;

  /**
   * @param recorder writes to {@code store}; what happens here is among its changes
   */
  public Outbox(Store store, Recorder recorder, JsonParser json) {
    this.store = store;
    this.recorder = recorder;
    this.json = json;
  }

  /** Reads the table: at the start, and after a rollback. */
  public void load() {
    list.clear();
    nextNumber = 1;
    for (@Nullable Object[] row : store.scan(ReplicaTables.Outbox.TABLE, ROWS)) {
      Entry entry = entry(row);
      list.add(entry);
      nextNumber = entry.pending().number() + 1;
    }
  }

  private Entry entry(@Nullable Object[] row) {
    Undo undo = Undo.parse(text(row, ReplicaTables.Outbox.UNDO));
    return new Entry(PendingEvent.of(row, json), undo);
  }

  /** The entry of that event, or null. */
  public @Nullable PendingEvent find(String space, String id) {
    Entry entry = list.find(space, id);
    return entry == null ? null : entry.pending();
  }

  /** All entries, space by space, each in the order of writing. */
  public List<PendingEvent> all() {
    List<PendingEvent> all = new ArrayList<>();
    for (String space : list.spaces()) {
      for (Entry entry : list.of(space)) {
        all.add(entry.pending());
      }
    }
    return all;
  }

  /** How many events wait for the server. */
  public int waiting() {
    return list.waiting();
  }

  /** How many refused events nobody has retried or discarded. */
  public int refused() {
    return list.refused();
  }

  /** Stores a new own event and projects it at once. */
  public PendingEvent append(Event event) {
    PendingEvent pending = new PendingEvent(nextNumber++, event, null);
    insert(pending);
    return pending;
  }

  /**
   * What confirmed events meant for the outbox.
   *
   * @param confirmed ids of own events among them
   * @param refused own events that can never be confirmed, because another one has their id
   */
  public record Confirmation(List<String> confirmed, List<PendingEvent> refused) {
    public Confirmation {
      confirmed = List.copyOf(confirmed);
      refused = List.copyOf(refused);
    }
  }

  /** Puts confirmed events of one space, in order of position, under the pending ones. */
  public Confirmation confirm(String space, List<Event> events) {
    if (list.isEmpty(space)) {
      for (Event event : events) {
        WorkspaceProjection.applyConfirmed(event, recorder);
      }
      return new Confirmation(List.of(), List.of());
    }
    List<PendingEvent> refused = refuseTakenIds(space, events);
    return new Confirmation(confirmOwn(space, events), refused);
  }

  private List<PendingEvent> refuseTakenIds(String space, List<Event> events) {
    List<PendingEvent> refused = new ArrayList<>();
    for (Event event : events) {
      Entry taken = list.find(space, event.id());
      if (taken != null && !isSame(taken.pending().event(), event)) {
        refused.addAll(
            refuse(
                space,
                event.id(),
                new Refusal(
                    ProblemCode.ID_CONFLICT.code(), "There is another event with this id.")));
      }
    }
    return refused;
  }

  private static boolean isSame(Event own, Event confirmed) {
    return own.author().equals(confirmed.author())
        && own.type().equals(confirmed.type())
        && own.clientTime() == confirmed.clientTime()
        && (Objects.equals(own.body(), confirmed.body()) || isErased(own.body(), confirmed));
  }

  /** The log gives tombstones for the texts of messages that were deleted meanwhile. */
  private static boolean isErased(@Nullable WorkspaceEvent own, Event confirmed) {
    WorkspaceEvent body = confirmed.body();
    return (own instanceof WorkspaceEvent.MessageCreated
            || own instanceof WorkspaceEvent.MessageEdited)
        && body != null
        && EventTypes.encodeErased(own).equals(EventTypes.encode(body));
  }

  /** The entry that an event confirms, or null where it is somebody else's. */
  private @Nullable Entry own(String space, Event confirmed) {
    Entry entry = list.find(space, confirmed.id());
    return entry != null && isSame(entry.pending().event(), confirmed) ? entry : null;
  }

  /** The ids of own events among those of one space. */
  private List<String> confirmOwn(String space, List<Event> events) {
    store.savepoint();
    int mark = recorder.changeCount();
    List<Entry> confirmed = confirmInPlace(space, events);
    if (confirmed == null) {
      store.rollbackToSavepoint();
      recorder.forgetChangesAfter(mark);
      confirmed = rebase(space, events);
    }
    store.releaseSavepoint();
    List<String> ids = new ArrayList<>(confirmed.size());
    for (Entry entry : confirmed) {
      list.remove(entry);
      ids.add(entry.pending().event().id());
    }
    return ids;
  }

  /**
   * Without any undo: own events come back in the order in which they were written, and the others
   * look at no row that a pending event has looked at. Null, with rows half written, where that
   * does not hold.
   */
  private @Nullable List<Entry> confirmInPlace(String space, List<Event> events) {
    List<Entry> waiting = new ArrayList<>();
    for (Entry entry : list.of(space)) {
      if (!entry.pending().isRefused()) {
        waiting.add(entry);
      }
    }
    List<Entry> confirmed = new ArrayList<>();
    for (Event event : events) {
      Entry own = own(space, event);
      if (own == null) {
        recorder.startTouching();
        WorkspaceProjection.applyConfirmed(event, recorder);
        if (list.touchesAny(recorder.stopTouching())) {
          return null;
        }
      } else {
        boolean isNext =
            confirmed.size() < waiting.size() && waiting.get(confirmed.size()).equals(own);
        if (!isNext || event.isClockSkewed() || !stamp(own.pending(), event)) {
          return null;
        }
        confirmed.add(own);
      }
    }
    return confirmed;
  }

  /**
   * Gives the rows of an own event the place that the server gave it; false where they are not as
   * written.
   */
  private boolean stamp(PendingEvent pending, Event confirmed) {
    if (confirmed.body() instanceof WorkspaceEvent.MessageCreated created) {
      @Nullable Object[] before =
          store.find(Message.TABLE.key(), confirmed.space(), created.messageId());
      if (before == null || integer(before, Message.ORDER_KEY) != pending.orderKey()) {
        return false;
      }
      @Nullable Object[] after = before.clone();
      after[Message.ORDER_KEY] = confirmed.position();
      after[Message.STATE] = Message.STATE_SENT;
      recorder.update(Message.TABLE, before, after);
    }
    removeRow(pending);
    return true;
  }

  /** Undo everything pending, newest first; apply; do what is still pending again. */
  private List<Entry> rebase(String space, List<Event> events) {
    List<Entry> entries = list.of(space);
    undoAll(entries);
    Set<String> confirmedIds = new HashSet<>();
    for (Event event : events) {
      WorkspaceProjection.applyConfirmed(event, recorder);
      if (own(space, event) != null) {
        confirmedIds.add(event.id());
      }
    }
    List<Entry> confirmed = new ArrayList<>();
    for (Entry entry : entries) {
      if (confirmedIds.contains(entry.pending().event().id())) {
        removeRow(entry.pending());
        confirmed.add(entry);
      } else {
        redo(entry, entry.pending());
      }
    }
    return confirmed;
  }

  private void undoAll(List<Entry> entries) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      entries.get(i).undo().apply(recorder);
    }
  }

  private void redo(Entry entry, PendingEvent now) {
    Undo undo = project(now);
    replaceRow(now, undo);
    list.replace(entry, new Entry(now, undo));
  }

  private Undo project(PendingEvent pending) {
    if (!pending.isProjected()) {
      return Undo.NOTHING;
    }
    int mark = recorder.changeCount();
    recorder.startTouching();
    WorkspaceProjection.apply(
        pending.event(), pending.orderKey(), pending.messageState(), recorder);
    Set<String> touched = recorder.stopTouching();
    return Undo.of(recorder.changesSince(mark), touched);
  }

  /**
   * Records the server's refusal of an event and sets aside those that build on it.
   *
   * @return what is refused now: the event itself first; empty where it is not waiting
   */
  public List<PendingEvent> refuse(String space, String id, Refusal why) {
    Entry refused = list.find(space, id);
    if (refused == null || refused.pending().isRefused()) {
      return List.of();
    }
    Map<Long, PendingEvent> now = new HashMap<>();
    List<PendingEvent> all = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    for (Entry entry : list.of(space)) {
      PendingEvent pending = entry.pending();
      if (pending.isRefused() || pending.number() < refused.pending().number()) {
        continue;
      }
      Refusal reason =
          pending.number() == refused.pending().number() ? why : inherited(pending, missing);
      if (reason != null) {
        PendingEvent aside = pending.refused(reason);
        now.put(pending.number(), aside);
        all.add(aside);
        String made = Dependencies.made(pending.event().body());
        if (made != null) {
          missing.add(made);
        }
      }
    }
    replay(space, now, null);
    return all;
  }

  private static @Nullable Refusal inherited(PendingEvent pending, Set<String> missing) {
    for (String id : missing) {
      if (Dependencies.needs(pending.event().body(), id)) {
        return new Refusal(
            ProblemCode.DEPENDS_ON_REFUSED.code(), "What this builds on was refused.");
      }
    }
    return null;
  }

  /**
   * Forgets a refused event.
   *
   * @return false where there is no such refused event
   */
  public boolean discard(String space, String id) {
    Entry entry = list.find(space, id);
    if (entry == null || !entry.pending().isRefused()) {
      return false;
    }
    replay(space, Map.of(), entry);
    return true;
  }

  /** Undo and redo all entries of a space, some of them changed, one perhaps left out. */
  private void replay(String space, Map<Long, PendingEvent> changed, @Nullable Entry leftOut) {
    List<Entry> entries = list.of(space);
    undoAll(entries);
    for (Entry entry : entries) {
      if (entry.equals(leftOut)) {
        removeRow(entry.pending());
        list.remove(entry);
      } else {
        redo(entry, changed.getOrDefault(entry.pending().number(), entry.pending()));
      }
    }
  }

  /**
   * Forgets everything of a space that this user has left, without undo: its rows go as a whole.
   *
   * @return how many events were waiting
   */
  public int forgetSpace(String space) {
    int waiting = 0;
    for (Entry entry : list.of(space)) {
      waiting += entry.pending().isRefused() ? 0 : 1;
      removeRow(entry.pending());
      list.remove(entry);
    }
    return waiting;
  }

  /**
   * The rows of a space are gone and will come anew: events that were confirmed wait again, before
   * those that are here already, and all of them are projected onto nothing.
   *
   * @param again in order of position
   * @return how many of these wait now; one whose id an entry has is left out
   */
  public int startOver(String space, List<Event> again) {
    List<Entry> entries = list.of(space);
    Set<String> known = new HashSet<>();
    for (Entry entry : entries) {
      known.add(entry.pending().event().id());
      removeRow(entry.pending());
      list.remove(entry);
    }
    int count = 0;
    for (Event event : again) {
      if (!known.contains(event.id())) {
        append(event);
        count++;
      }
    }
    for (Entry entry : entries) {
      // A higher number than those that came in front of it.
      PendingEvent pending = entry.pending();
      insert(new PendingEvent(nextNumber++, pending.event(), pending.refusal()));
    }
    return count;
  }

  private void insert(PendingEvent pending) {
    Undo undo = project(pending);
    recorder.insert(ReplicaTables.Outbox.TABLE, pending.row(undo));
    list.add(new Entry(pending, undo));
  }

  private void removeRow(PendingEvent pending) {
    recorder.delete(ReplicaTables.Outbox.TABLE, row(pending));
  }

  private void replaceRow(PendingEvent pending, Undo undo) {
    recorder.update(ReplicaTables.Outbox.TABLE, row(pending), pending.row(undo));
  }

  private @Nullable Object[] row(PendingEvent pending) {
    @Nullable Object[] row = store.find(ReplicaTables.Outbox.TABLE.key(), pending.number());
    return Objects.requireNonNull(row, () -> "no outbox row " + pending.number());
  }

  private static long integer(@Nullable Object[] row, int column) {
    return Objects.requireNonNull((Long) row[column], () -> "column " + column + " holds NULL");
  }

  private static String text(@Nullable Object[] row, int column) {
    return Objects.requireNonNull((String) row[column], () -> "column " + column + " holds NULL");
  }
}

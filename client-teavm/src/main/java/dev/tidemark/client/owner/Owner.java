package dev.tidemark.client.owner;

import dev.tidemark.client.outbox.PendingEvent;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.protocol.codec.EventCodec;
import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.codec.EventType;
import dev.tidemark.protocol.codec.EventTypes;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.SqlException;
import dev.tidemark.protocol.database.Store;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.Ids;
import dev.tidemark.protocol.event.WorkspaceEvent;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.protocol.json.JsonParser;
import dev.tidemark.protocol.json.WellFormed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pages of one browser from its replica. Requests of another epoch are refused ({@code
 * stale-epoch}): their page then finds the right owner. After every input, {@link #flush()} tells
 * subscriptions and status what changed.
 */
public final class Owner {

  /** A page as its present link shows it. */
  private record Page(int link, PageLink port) {}

  private record Waiter(String tab, PageLink page, int call) {}

  private final Replica replica;
  private final JsonParser json;
  private final QueryEngine queries;
  private final LiveQueries live;
  private final String user;
  private final long epoch;
  private final boolean inMemory;
  private final @Nullable LocalEvents localEvents;
  private final Consumer<PendingEvent> written;
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, List<Waiter>> waiters = new HashMap<>();
  private boolean online;

  /** Events sent again to a server that was restored from an older backup; -1 when all is well. */
  private int sentAgain = -1;

  private @Nullable String problemCode;
  private @Nullable String problemDetail;
  private @Nullable String noticeCode;
  private @Nullable String noticeDetail;
  private Runnable damaged = () -> {};
  private @Nullable OwnerStatus told;

  /**
   * Opens the replica for this user.
   *
   * @param inMemory whether the store is lost with the worker; pages are told
   * @param localEvents reads events that pages place themselves; null where a server does
   * @param written gets each new event to be sent, once it is durable
   */
  public Owner(
      Store store,
      JsonParser json,
      EditsOfMessage edits,
      QueryEngine queries,
      String user,
      boolean inMemory,
      @Nullable LocalEvents localEvents,
      Consumer<PendingEvent> written) {
    this.json = json;
    this.queries = queries;
    this.live = new LiveQueries(queries);
    this.user = user;
    this.inMemory = inMemory;
    this.localEvents = localEvents;
    this.written = written;
    this.replica = new Replica(store, json, edits, new Commits());
    this.epoch = replica.open(user);
  }

  public long epoch() {
    return epoch;
  }

  /** What to do when the database turns out to be damaged; nothing is answered after that. */
  void onDamage(Runnable action) {
    damaged = action;
  }

  /** Something happened to the database itself; shown while nothing else is wrong. */
  void notice(String code, String detail) {
    noticeCode = code;
    noticeDetail = detail;
  }

  /** Something else than a page's call found the damage. */
  void damaged() {
    damaged.run();
  }

  public Replica replica() {
    return replica;
  }

  private final class Commits implements Replica.Listener {
    @Override
    public void committed(List<Change> changes) {
      live.committed(changes);
    }

    @Override
    public void confirmed(String space, String id, long position) {
      for (Waiter waiter : takeWaiters(space, id)) {
        waiter.page().answer(waiter.call(), (double) position);
      }
    }

    @Override
    public void refused(PendingEvent event) {
      PendingEvent.Refusal why = Objects.requireNonNull(event.refusal(), "a refused event");
      for (Waiter waiter : takeWaiters(event.event().space(), event.event().id())) {
        waiter.page().fail(waiter.call(), why.code(), why.detail(), false);
      }
    }
  }

  /**
   * A page's port has arrived; a former one of the same tab is over.
   *
   * @param link the page's number of it: a lower one than that of the present port comes too late
   */
  public void connected(String tab, int link, PageLink port) {
    Page former = pages.get(tab);
    if (former != null && former.link() > link) {
      return;
    }
    tabGone(tab);
    pages.put(tab, new Page(link, port));
    port.hello(epoch);
    port.status(status());
  }

  /** Whether that is the tab's present link: what comes over a former one is not heard. */
  public boolean isPresent(String tab, int link) {
    Page page = pages.get(tab);
    return page != null && page.link() == link;
  }

  /** Tabs that have a link. */
  public List<String> tabs() {
    return List.copyOf(pages.keySet());
  }

  private @Nullable PageLink page(String tab) {
    Page page = pages.get(tab);
    return page == null ? null : page.port();
  }

  public void tabGone(String tab) {
    pages.remove(tab);
    live.removeTab(tab);
    waiters.values().forEach(list -> list.removeIf(waiter -> waiter.tab().equals(tab)));
    waiters.values().removeIf(List::isEmpty);
  }

  /** A call of a page; answered at once but for {@link Call.Await}. */
  public void called(String tab, int callId, long callEpoch, Call call) {
    PageLink page = page(tab);
    if (page == null) {
      return;
    }
    if (callEpoch != epoch) {
      page.fail(
          callId,
          ProblemCode.STALE_EPOCH.code(),
          "epoch " + callEpoch + " is over, this is " + epoch,
          true);
      return;
    }
    try {
      serve(tab, page, callId, call);
    } catch (EventRefusedException e) {
      page.fail(callId, e.code().code(), e.detail(), false);
    } catch (JsonException | QueryRefusedException e) {
      page.fail(callId, ProblemCode.INVALID_REQUEST.code(), String.valueOf(e.getMessage()), false);
    } catch (SqlException e) {
      if (e.isDamage()) {
        // Not answered: the page asks the next owner again.
        damaged.run();
      } else {
        fail(page, callId, e);
      }
    } catch (RuntimeException e) {
      // Our mistake: the call settles, and the worker's own error handler gets to see it.
      page.fail(callId, ProblemCode.INTERNAL.code(), String.valueOf(e.getMessage()), true);
      throw e;
    }
  }

  /** What people are told when nothing more can be stored. */
  static final String NO_ROOM = "This device has no room left for the database.";

  private static void fail(PageLink page, int callId, SqlException e) {
    boolean full = isFull(e);
    page.fail(
        callId,
        full ? ProblemCode.STORAGE_FULL.code() : ProblemCode.INTERNAL.code(),
        full ? NO_ROOM : String.valueOf(e.getMessage()),
        full);
  }

  /**
   * Quota looks like an input or output error. The database is intact and deleting works (finding
   * 5).
   */
  static boolean isFull(SqlException e) {
    return e.code() == SqlException.FULL || e.code() == SqlException.IO_ERROR;
  }

  private void serve(String tab, PageLink page, int callId, Call call) {
    switch (call) {
      case Call.Query query -> page.answer(callId, queries.query(query.sql(), query.parameters()));
      case Call.Search search -> page.answer(callId, queries.search(search));
      case Call.Write write -> {
        write(write);
        page.answer(callId, write.id());
      }
      case Call.Apply apply -> {
        LocalEvents local = requireLocal();
        replica.applyLocally(
            apply.space(), first -> local.decode(apply.events(), apply.space(), first));
        page.answer(callId, null);
      }
      case Call.Await await -> await(tab, page, callId, await);
      case Call.Retry retry -> {
        retry(retry);
        page.answer(callId, retry.newId());
      }
      case Call.Discard discard -> {
        replica.discard(discard.space(), discard.id());
        page.answer(callId, null);
      }
    }
  }

  /** A server alone places events, where there is one. */
  private LocalEvents requireLocal() {
    if (localEvents == null) {
      throw new EventRefusedException(
          ProblemCode.FORBIDDEN, "The server places the events of this database.");
    }
    return localEvents;
  }

  private void write(Call.Write write) {
    if (!Ids.isValid(write.space()) || !Ids.isValid(write.id())) {
      throw new EventRefusedException(
          ProblemCode.INVALID_EVENT, "Ids are 1 to 64 characters of A-Z, a-z, 0-9, _ and -.");
    }
    EventType<?> type = EventTypes.find(write.type());
    if (type == null) {
      throw new EventRefusedException(
          ProblemCode.UNKNOWN_TYPE, "There is no event type " + write.type() + ".");
    }
    WorkspaceEvent body = type.decode(json.parse(write.payload()));
    EventCodec.requireContent(body);
    String payload = EventTypes.encode(body);
    String author = write.author();
    if (author != null) {
      requireLocal();
    }
    String problem = WellFormed.problem(payload);
    if (problem != null) {
      throw new EventRefusedException(ProblemCode.INVALID_PAYLOAD, problem);
    }
    store(
        new Event(
            write.space(),
            0,
            write.id(),
            write.type(),
            author == null ? user : author,
            replica.position(write.space()),
            write.clientTime(),
            0,
            payload,
            body));
  }

  /**
   * Nothing happens for an event that is known already: a page repeats its calls after a change of
   * owner.
   */
  private void store(Event event) {
    if (replica.outcome(event.space(), event.id()) instanceof Replica.Outcome.Unknown) {
      written.accept(replica.write(event));
    } else if (replica.isTakenByAnother(event)) {
      throw new EventRefusedException(
          ProblemCode.ID_CONFLICT, "There is another event with the id " + event.id() + ".");
    }
  }

  /** Repeating it is harmless: the new id is known then, the old one gone. */
  private void retry(Call.Retry retry) {
    if (!(replica.outcome(retry.space(), retry.newId()) instanceof Replica.Outcome.Unknown)) {
      return;
    }
    PendingEvent old = replica.pending(retry.space(), retry.id());
    if (old == null || !old.isRefused()) {
      throw new EventRefusedException(
          ProblemCode.NOT_FOUND, "There is no refused event " + retry.id() + ".");
    }
    Event event = old.event();
    written.accept(
        replica.replace(
            old,
            new Event(
                event.space(),
                0,
                retry.newId(),
                event.type(),
                event.author(),
                replica.position(event.space()),
                event.clientTime(),
                0,
                event.payload(),
                event.body())));
  }

  /**
   * The server's history is not what was applied here: begins anew, and tells pages until all that
   * is sent again has arrived.
   *
   * @param space where, or null for all
   * @return false where nothing was applied that could differ
   */
  boolean startOver(@Nullable String space) {
    int again = -1;
    Set<String> spaces = space == null ? replica.cursor().marks().keySet() : Set.of(space);
    for (String one : spaces) {
      int count = replica.startOver(one);
      again = count < 0 ? again : Math.max(again, 0) + count;
    }
    if (again >= 0) {
      sentAgain = Math.max(sentAgain, 0) + again;
    }
    return again >= 0;
  }

  /** The user is no member of a space any more: all of it goes, and whoever waits is told. */
  void revoked(String space) {
    replica.dropSpace(space);
    for (String name : new ArrayList<>(waiters.keySet())) {
      if (name.startsWith(space + '\n')) {
        for (Waiter waiter : Objects.requireNonNull(waiters.remove(name))) {
          waiter
              .page()
              .fail(
                  waiter.call(),
                  ProblemCode.NOT_FOUND.code(),
                  "You are no member of this space any more.",
                  false);
        }
      }
    }
  }

  private void await(String tab, PageLink page, int callId, Call.Await await) {
    switch (replica.outcome(await.space(), await.id())) {
      case Replica.Outcome.Confirmed confirmed ->
          page.answer(callId, (double) confirmed.position());
      case Replica.Outcome.Refused refused ->
          page.fail(callId, refused.code(), refused.detail(), false);
      case Replica.Outcome.Unknown unknown ->
          page.fail(callId, ProblemCode.NOT_FOUND.code(), "The event was discarded.", false);
      case Replica.Outcome.Pending pending ->
          waiters
              .computeIfAbsent(name(await.space(), await.id()), key -> new ArrayList<>())
              .add(new Waiter(tab, page, callId));
    }
  }

  private List<Waiter> takeWaiters(String space, String id) {
    List<Waiter> taken = waiters.remove(name(space, id));
    return taken == null ? List.of() : taken;
  }

  private static String name(String space, String id) {
    return space + '\n' + id;
  }

  public void subscribe(String tab, int subscription, String sql, @Nullable Object parameters) {
    PageLink page = page(tab);
    if (page != null) {
      live.add(tab, subscription, page, sql, parameters);
    }
  }

  public void unsubscribe(String tab, int subscription) {
    live.remove(new LiveQueries.Id(tab, subscription));
  }

  /** How many subscriptions all pages have. */
  public int subscriptions() {
    return live.count();
  }

  /** How sync stands now; told with the next {@link #flush()}. */
  public void syncStatus(
      boolean nowOnline, @Nullable String nowProblemCode, @Nullable String nowProblemDetail) {
    online = nowOnline;
    problemCode = nowProblemCode;
    problemDetail = nowProblemDetail;
  }

  /** Tells subscriptions and status what the inputs since the last call have changed. */
  public void flush() {
    live.flush();
    if (online && replica.waiting() == 0) {
      sentAgain = -1;
    }
    OwnerStatus now = status();
    if (!now.equals(told)) {
      told = now;
      pages.values().forEach(page -> page.port().status(now));
    }
  }

  private OwnerStatus status() {
    boolean recovers = problemCode == null && sentAgain >= 0;
    return new OwnerStatus(
        online,
        replica.waiting(),
        replica.refused(),
        replica.cursorText(),
        recovers
            ? ProblemCode.HISTORY_CHANGED.code()
            : problemCode == null ? noticeCode : problemCode,
        recovers ? recovery() : problemCode == null ? noticeDetail : problemDetail,
        inMemory);
  }

  private String recovery() {
    return "The server was set back to an earlier state. Everything is fetched anew"
        + (sentAgain == 0 ? "." : ", and your own changes (" + sentAgain + ") are sent again.");
  }
}

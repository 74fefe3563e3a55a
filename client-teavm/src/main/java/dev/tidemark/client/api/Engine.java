package dev.tidemark.client.api;

import dev.tidemark.client.browser.Clocks;
import dev.tidemark.client.browser.CryptoRandom;
import dev.tidemark.client.browser.Deferred;
import dev.tidemark.client.browser.Json;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.UuidMaker;
import dev.tidemark.client.tabs.Call;
import dev.tidemark.client.tabs.LockNames;
import dev.tidemark.client.tabs.PageTabs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/** One open database in one page: {@code Tidemark} of {@code tidemark.d.ts} in Java types. */
public final class Engine implements PageTabs.Receiver {
  private static final int READ_DEADLINE_MILLIS = 60_000;
  private static final String CLOSED = "closed";
  private static final String CLOSED_SENTENCE = "This page has closed the database.";

  private record Live(LiveResult result, Consumer<JSObject> failed) {}

  private final String tabId;
  private final PageTabs tabs;
  private final PlainObject workerOptions;
  private final Runnable stored;
  private boolean toldStored;
  private boolean isClosed;
  private final UuidMaker ids;
  private final Map<Integer, Deferred> waiting = new HashMap<>();
  private final Map<Integer, Consumer<@Nullable JSObject>> converters = new HashMap<>();

  /** Events that are nowhere but in memory, by the call that waits for the server's word. */
  private final Map<Integer, Deferred> unstored = new HashMap<>();

  private final Map<Integer, Live> live = new HashMap<>();
  private final Map<Integer, Consumer<JSObject>> statusListeners = new LinkedHashMap<>();
  private int nextListener = 1;
  private @Nullable String owner;
  private long epoch;
  private boolean isStandby;
  private PlainObject sync = PlainObject.create();

  /**
   * @param stored told once the database is known to be stored in this browser
   */
  Engine(LockNames names, PageTabs.Scripts scripts, PlainObject workerOptions, Runnable stored) {
    CryptoRandom random = new CryptoRandom();
    this.ids = new UuidMaker(Clocks::epochMillis, random::nextInt);
    this.tabId = ids.next();
    this.workerOptions = workerOptions;
    this.stored = stored;
    this.tabs =
        new PageTabs(tabId, names, scripts, this, () -> (random.nextInt() >>> 1) / 2147483648.0);
  }

  void start() {
    tabs.start();
  }

  String tabId() {
    return tabId;
  }

  // ---------------------------------------------------------------- calls

  JSObject query(String sql, @Nullable JSObject parameters) {
    return call(new Call.Query(sql, parameters), READ_DEADLINE_MILLIS, true);
  }

  JSObject search(String text, @Nullable String space, @Nullable String channel, int limit) {
    return call(new Call.Search(text, space, channel, limit), READ_DEADLINE_MILLIS, true);
  }

  /**
   * Resolves with {@code {id, confirmed}} once the event is durable: here, or where nothing can be
   * stored, at the server.
   */
  JSObject send(String space, String type, JSObject payload) {
    String id = ids.next();
    Call write = new Call.Write(space, id, type, null, Clocks.epochMillis(), Json.text(payload));
    return sent(write, space, id);
  }

  /** Like {@link #send}, as someone else at another time: without a server only. */
  JSObject sendAs(PlainObject event) {
    String space = Objects.requireNonNull(event.text("space"));
    String id = Objects.requireNonNull(event.text("id"));
    Call write =
        new Call.Write(
            space,
            id,
            Objects.requireNonNull(event.text("type")),
            event.text("author"),
            (long) event.number("clientTime"),
            Json.text(Objects.requireNonNull(event.object("payload"))));
    return call(write, Integer.MAX_VALUE, false);
  }

  JSObject apply(String space, JSObject events) {
    return call(new Call.Apply(space, events), Integer.MAX_VALUE, false);
  }

  JSObject retry(String space, String id) {
    String newId = ids.next();
    return sent(new Call.Retry(space, id, newId), space, newId);
  }

  JSObject discard(String space, String id) {
    return call(new Call.Discard(space, id), Integer.MAX_VALUE, false);
  }

  private JSObject sent(Call write, String space, String id) {
    Deferred result = new Deferred();
    if (isClosed) {
      return refused(result);
    }
    int callId = make(write, Integer.MAX_VALUE, result);
    converters.put(
        callId,
        stored -> {
          Deferred confirmed = new Deferred().quiet();
          int awaiting = make(new Call.Await(space, id), Integer.MAX_VALUE, confirmed);
          JSObject answer =
              PlainObject.create().put("id", id).put("confirmed", confirmed.promise());
          if (sync.flag("inMemory")) {
            converters.put(
                awaiting,
                position -> {
                  confirmed.resolve(position);
                  result.resolve(answer);
                });
            unstored.put(awaiting, result);
          } else {
            result.resolve(answer);
          }
        });
    return result.promise();
  }

  private JSObject call(Call call, int deadlineMillis, boolean isTable) {
    Deferred result = new Deferred();
    if (isClosed) {
      return refused(result);
    }
    int callId = make(call, deadlineMillis, result);
    if (isTable) {
      converters.put(callId, table -> result.resolve(LiveResult.rowsOf(table)));
    }
    return result.promise();
  }

  private static JSObject refused(Deferred result) {
    result.reject(CLOSED, CLOSED_SENTENCE, false);
    return result.promise();
  }

  private int make(Call call, int deadlineMillis, Deferred result) {
    long now = (long) Clocks.elapsedMillis();
    long deadline = deadlineMillis == Integer.MAX_VALUE ? Long.MAX_VALUE : now + deadlineMillis;
    int callId = tabs.router().call(call, deadline, now);
    waiting.put(callId, result);
    return callId;
  }

  // ---------------------------------------------------------------- subscriptions

  int subscribe(
      String sql,
      @Nullable JSObject parameters,
      Consumer<JSObject> callback,
      Consumer<JSObject> failed) {
    if (isClosed) {
      failed.accept(Deferred.error(CLOSED, CLOSED_SENTENCE, false));
      return 0;
    }
    int id = tabs.router().subscribe(sql, parameters);
    live.put(id, new Live(new LiveResult(callback::accept), failed));
    return id;
  }

  void unsubscribe(int id) {
    live.remove(id);
    tabs.router().unsubscribe(id);
  }

  int onStatus(Consumer<JSObject> callback) {
    int id = nextListener++;
    statusListeners.put(id, callback);
    return id;
  }

  void offStatus(int id) {
    statusListeners.remove(id);
  }

  /** {@code Status} of the interface. */
  JSObject status() {
    String role = sync.flag("inMemory") ? "memory" : tabId.equals(owner) ? "owner" : "follower";
    String problem = sync.text("problemCode");
    PlainObject status =
        PlainObject.create()
            .put("role", role)
            .put("owner", owner)
            .put("epoch", (double) epoch)
            .put("online", owner != null && sync.flag("online"))
            .put("pending", sync.number("pending"))
            .put("refused", sync.number("refused"))
            .put("cursor", Objects.requireNonNullElse(sync.text("cursor"), ""))
            .put("standby", isStandby && !tabId.equals(owner));
    return problem == null
        ? status.put("problem", (JSObject) null)
        : status.put(
            "problem",
            PlainObject.create().put("code", problem).put("detail", sync.text("problemDetail")));
  }

  private void statusChanged() {
    JSObject status = status();
    statusListeners.values().forEach(listener -> listener.accept(status));
  }

  /**
   * For good. What still waits for an answer is told; whether a write among it was stored is not
   * known then.
   */
  void close() {
    isClosed = true;
    tabs.close();
    live.clear();
    for (int callId : List.copyOf(waiting.keySet())) {
      failed(callId, CLOSED, CLOSED_SENTENCE, false);
    }
  }

  // ---------------------------------------------------------------- from the tabs

  @Override
  public PlainObject workerOptions() {
    return workerOptions;
  }

  @Override
  public void settled(int callId, @Nullable Object result) {
    Deferred promise = waiting.remove(callId);
    Consumer<@Nullable JSObject> converter = converters.remove(callId);
    unstored.remove(callId);
    if (converter != null) {
      converter.accept((JSObject) result);
    } else if (promise != null) {
      promise.resolve((JSObject) result);
    }
  }

  @Override
  public void failed(int callId, String code, String detail, boolean retry) {
    converters.remove(callId);
    Deferred promise = waiting.remove(callId);
    if (promise != null) {
      promise.reject(code, detail, retry);
    }
    Deferred sent = unstored.remove(callId);
    if (sent != null) {
      sent.reject(code, detail, retry);
    }
  }

  @Override
  public void ownerChanged(@Nullable String newOwner, long newEpoch) {
    owner = newOwner;
    epoch = newEpoch;
    if (newOwner != null && "engine-broken".equals(sync.text("problemCode"))) {
      sync = PlainObject.create();
    }
    statusChanged();
  }

  @Override
  public void standby(boolean ready) {
    if (isStandby != ready) {
      isStandby = ready;
      statusChanged();
    }
  }

  @Override
  public void broken(String sentence) {
    sync.put("problemCode", "engine-broken").put("problemDetail", sentence);
    statusChanged();
  }

  @Override
  public void received(PlainObject message) {
    int link = tabs.router().link();
    int number = (int) message.number("n");
    switch (Objects.requireNonNull(message.text("k"), "every message has a kind")) {
      case "ok" -> tabs.router().answered(link, number, message.value("v"));
      case "no" ->
          tabs.router()
              .refused(
                  link,
                  number,
                  Objects.requireNonNull(message.text("code")),
                  Objects.requireNonNull(message.text("detail")),
                  message.flag("retry"),
                  (long) Clocks.elapsedMillis());
      case "rows" -> live(number, message, true);
      case "diff" -> live(number, message, false);
      case "broken" -> {
        Live broken = live.get(number);
        unsubscribe(number);
        if (broken != null) {
          broken
              .failed()
              .accept(
                  Deferred.error(
                      Objects.requireNonNull(message.text("code")),
                      Objects.requireNonNull(message.text("detail")),
                      false));
        }
      }
      case "status" -> {
        sync = message;
        if (!toldStored && !message.flag("inMemory")) {
          toldStored = true;
          stored.run();
        }
        statusChanged();
      }
      default -> throw new IllegalStateException("unknown message " + message.text("k"));
    }
  }

  private void live(int subscription, PlainObject message, boolean isFull) {
    Live entry = live.get(subscription);
    if (entry != null) {
      if (isFull) {
        entry.result().replace(message);
      } else {
        entry.result().change(message);
      }
    }
  }
}

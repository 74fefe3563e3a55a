package dev.tidemark.client.sql;

import dev.tidemark.client.browser.Clocks;
import dev.tidemark.client.browser.Features;
import dev.tidemark.client.browser.Json;
import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.chromium.Facts;
import dev.tidemark.protocol.database.SqlDatabase;
import dev.tidemark.protocol.event.Event;
import dev.tidemark.protocol.event.WorkspaceEvent.MessageCreated;
import dev.tidemark.protocol.projection.Targets;
import dev.tidemark.protocol.projection.WorkspaceProjection;
import dev.tidemark.protocol.schema.ReplicaTables.CursorMark;
import dev.tidemark.protocol.schema.ReplicaTables.Events;
import dev.tidemark.protocol.schema.Schema;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * Measures the binding with the real projections beside a hand-tuned oo1 program, in one worker, on
 * the same tables, in turns.
 */
public final class BindingBenchMain {
  private static final int EVENTS = 20_000;
  private static final int BATCH = 500;
  private static final String SPACE = "bench";
  private static final String TIMELINE =
      "SELECT id,channel,author,body,created_at,edited_at,reactions FROM message"
          + " WHERE space=? AND channel=? AND thread IS NULL AND order_key<? ORDER BY order_key"
          + " DESC LIMIT ?";

  private final Facts facts = new Facts();
  private final Sqlite sqlite;
  private final PlainObject made;

  private BindingBenchMain(Sqlite sqlite, PlainObject made) {
    this.sqlite = sqlite;
    this.made = made;
  }

  /** Started by the bench page. */
  public static void main(String[] arguments) {
    Sqlite.load(
        "/engine/sqlite/index.mjs",
        sqlite ->
            makeEvents(EVENTS, made -> new BindingBenchMain(sqlite, PlainObject.of(made)).start()),
        sentence -> {
          throw new IllegalStateException(sentence);
        });
  }

  private void start() {
    Consumer<String> failed =
        sentence -> {
          facts.fail("bench", sentence);
          facts.done();
        };
    if (Features.address().endsWith("raw")) {
      openRaw(
          sqlite.library(),
          "raw",
          ddl(),
          raw -> {
            raw(raw);
            closeRaw(raw, ignored -> facts.done());
          });
    } else {
      sqlite.openPool(
          "product",
          pool -> {
            product(pool);
            pool.remove(facts::done, failed);
          },
          failed);
    }
  }

  private void raw(JSObject raw) {
    watchIo();
    JSObject[] batches = batches(made, BATCH);
    io();
    double start = Clocks.elapsedMillis();
    for (JSObject batch : batches) {
      rawApply(raw, batch);
    }
    report("raw ingest", start);
    facts.value("raw io", io());
    JSObject channels = made.object("channelIds");
    start = Clocks.elapsedMillis();
    for (int i = 0; i < 2000; i++) {
      rawTimeline(raw, PlainArray.of(channels).textAt(i % 20));
    }
    note("raw 50 rows", (Clocks.elapsedMillis() - start) / 2000, "ms");
    JSObject[] singles = batches(PlainObject.of(extra()), 1);
    start = Clocks.elapsedMillis();
    for (JSObject batch : singles) {
      rawApply(raw, batch);
    }
    note("raw single", (Clocks.elapsedMillis() - start) / singles.length, "ms");
  }

  private void product(Pool pool) {
    watchIo();
    WasmConnection db = pool.open();
    Schema.migrateReplica(db);
    Ingest ingest = new Ingest(db);
    JSObject[] batches = batches(made, BATCH);
    io();
    double start = Clocks.elapsedMillis();
    for (JSObject batch : batches) {
      ingest.apply(PlainArray.of(batch));
    }
    report("product ingest", start);
    facts.value("product io", io());
    PlainArray channels = PlainArray.of(made.object("channelIds"));
    start = Clocks.elapsedMillis();
    for (int i = 0; i < 2000; i++) {
      WasmStatement timeline = timeline(db, channels.textAt(i % 20));
      timeline.rows(WasmStatement.ALL);
    }
    note("product 50 rows", (Clocks.elapsedMillis() - start) / 2000, "ms");
    start = Clocks.elapsedMillis();
    for (int i = 0; i < 2000; i++) {
      WasmStatement timeline = timeline(db, channels.textAt(i % 20));
      timeline.table(WasmStatement.ALL);
    }
    note("product 50 flat", (Clocks.elapsedMillis() - start) / 2000, "ms");
    JSObject[] singles = batches(PlainObject.of(extra()), 1);
    start = Clocks.elapsedMillis();
    for (JSObject batch : singles) {
      ingest.apply(PlainArray.of(batch));
    }
    note("product single", (Clocks.elapsedMillis() - start) / singles.length, "ms");
    db.close();
  }

  private static WasmStatement timeline(WasmConnection db, @Nullable String channel) {
    WasmStatement timeline = db.prepare(TIMELINE);
    timeline.bindText(1, SPACE);
    timeline.bind(2, channel);
    timeline.bindInteger(3, 1L << 60);
    timeline.bindInteger(4, 50);
    return timeline;
  }

  private void report(String name, double start) {
    note(name, EVENTS / (Clocks.elapsedMillis() - start), "k events/s");
  }

  private void note(String name, double value, String unit) {
    facts.value(name, Math.round(value * 1000) / 1000.0 + " " + unit);
  }

  /** What the owner does with a confirmed batch, without subscriptions. */
  private static final class Ingest {
    private final WasmConnection db;
    private final SqlDatabase database;
    private final WasmStatement begin;
    private final WasmStatement commit;
    private long position;
    private @Nullable Object @Nullable [] cursor;

    Ingest(WasmConnection db) {
      this.db = db;
      this.database = new SqlDatabase(db);
      this.begin = db.prepare("BEGIN IMMEDIATE");
      this.commit = db.prepare("COMMIT");
    }

    void apply(PlainArray batch) {
      run(begin);
      int length = batch.length();
      for (int i = 0; i < length; i++) {
        apply(event(PlainObject.of(batch.objectAt(i))));
      }
      @Nullable Object[] after = {SPACE, position, null};
      if (cursor == null) {
        database.insert(CursorMark.TABLE, after);
      } else {
        database.update(CursorMark.TABLE, cursor, after);
      }
      cursor = after;
      run(commit);
    }

    private void apply(Event event) {
      @Nullable Object[] row = {
        event.space(),
        event.position(),
        event.id(),
        event.type(),
        event.author(),
        "server",
        event.basis(),
        event.clientTime(),
        event.serverTime(),
        Targets.target(event.body()),
        Targets.timeline(event.body()),
        event.payload()
      };
      if (database.insert(Events.TABLE, row)) {
        WorkspaceProjection.applyConfirmed(event, database);
      }
    }

    private Event event(PlainObject e) {
      position++;
      String id = text(e, "id");
      String channel = text(e, "channel");
      String body = text(e, "body");
      String payload =
          Json.text(
              PlainObject.create()
                  .put("messageId", id)
                  .put("channelId", channel)
                  .put("body", body));
      long at = (long) e.number("at");
      return new Event(
          SPACE,
          position,
          text(e, "eid"),
          "message.created",
          text(e, "author"),
          position - 1,
          at,
          at,
          payload,
          new MessageCreated(id, channel, body, null, List.of()));
    }

    private static String text(PlainObject object, String name) {
      String text = object.text(name);
      return text == null ? "" : text;
    }

    private static void run(WasmStatement statement) {
      statement.step();
      statement.reset();
    }
  }

  private String ddl() {
    WasmConnection memory = sqlite.openInMemory();
    Schema.migrateReplica(memory);
    WasmStatement all =
        memory.prepare(
            "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE sql NOT NULL"
                + " AND name NOT LIKE 'message\\_text\\_%' ESCAPE '\\' OR type='trigger')");
    all.step();
    String ddl = all.text(0);
    all.reset();
    memory.close();
    return ddl;
  }

  @JSBody(
      script =
          """
          if (self.io) return;
          self.io = {};
          ['read', 'write', 'flush', 'getSize', 'truncate'].forEach(function(name) {
            var p = FileSystemSyncAccessHandle.prototype, real = p[name];
            var entry = self.io[name] = {n: 0, ms: 0};
            p[name] = function(a, b) {
              var t = performance.now();
              try { return real.call(this, a, b); }
              finally { entry.n++; entry.ms += performance.now() - t; }
            };
          });
          """)
  private static native void watchIo();

  @JSBody(
      script =
          """
          var s = Object.keys(self.io).map(function(k) {
            return k + ' ' + self.io[k].n + 'x ' + self.io[k].ms.toFixed(1) + ' ms'; }).join(', ');
          Object.keys(self.io).forEach(function(k) { self.io[k].n = self.io[k].ms = 0; });
          return s;
          """)
  private static native String io();

  @JSFunctor
  private interface Got extends JSObject {
    void accept(JSObject value);
  }

  @JSBody(
      params = {"count", "got"},
      script =
          """
          import('/bench/events.mjs').then(function(m) {
            self.extra = m.makeEvents(500, 20, 77);
            got(m.makeEvents(count));
          });
          """)
  private static native void makeEvents(int count, Got got);

  @JSBody(script = "return self.extra;")
  private static native JSObject extra();

  @JSBody(
      params = {"library", "name", "ddl", "got"},
      script =
          """
          import('/bench/raw.mjs').then(function(m) { return m.openRaw(library, name, ddl); })
            .then(function(raw) { got(raw); });
          """)
  private static native void openRaw(JSObject library, String name, String ddl, Got got);

  @JSBody(
      params = {"raw", "got"},
      script = "raw.close().then(function() { got(null); });")
  private static native void closeRaw(JSObject raw, Got got);

  @JSBody(
      params = {"raw", "batch"},
      script = "raw.applyEvents(batch);")
  private static native void rawApply(JSObject raw, JSObject batch);

  @JSBody(
      params = {"raw", "channel"},
      script = "return raw.timeline(channel, 50);")
  private static native JSObject rawTimeline(JSObject raw, @Nullable String channel);

  @JSBody(
      params = {"made", "size"},
      script =
          """
          var list = [];
          for (var i = 0; i < made.events.length; i += size) list.push(made.events.slice(i, i + size));
          return list;
          """)
  private static native JSObject[] batches(JSObject made, int size);
}

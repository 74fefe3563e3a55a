package dev.tidemark.client.api;

import dev.tidemark.client.browser.Deferred;
import dev.tidemark.client.browser.Features;
import dev.tidemark.client.browser.Locks;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.SharedHub;
import dev.tidemark.client.browser.Storage;
import dev.tidemark.client.tabs.LockNames;
import dev.tidemark.client.tabs.PageTabs;
import dev.tidemark.protocol.event.Ids;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * Makes the JavaScript objects of {@code tidemark.d.ts}. Wrong arguments reject or throw a
 * TidemarkError.
 */
public final class PageApi {

  private PageApi() {}

  /** {@code open(options)}. */
  public static JSObject open(JSObject given) {
    Deferred result = new Deferred();
    PlainObject options = PlainObject.of(given);
    String database = options.text("database");
    String user = options.text("user");
    if (database == null || !Ids.isValid(database) || user == null || !Ids.isValid(user)) {
      result.reject(
          "invalid-request", "open() needs a database and a user of [A-Za-z0-9_-]{1,64}.", false);
      return result.promise();
    }
    if (!SharedHub.available() || !Locks.available()) {
      result.reject(
          "unsupported-browser",
          Features.secure()
              ? "This browser has no shared workers or no Web Locks."
              : "Browsers allow local databases on https and localhost only.",
          false);
      return result.promise();
    }
    String base =
        Features.resolve(Objects.requireNonNullElse(options.text("engineUrl"), "/engine/"));
    PlainObject worker =
        PlainObject.create()
            .put("user", user)
            .put("sqlite", base + "sqlite/index.mjs")
            .put("durableConfirm", options.flag("durableConfirm"))
            .put("stored", StoredMark.isSet(database));
    if (!"null".equals(options.kind("serverUrl"))) {
      worker.put(
          "server",
          Features.resolve(Objects.requireNonNullElse(options.text("serverUrl"), "/api/v1")));
    }
    Engine engine =
        new Engine(
            new LockNames(database),
            new PageTabs.Scripts(base + "worker.js", base + "hub.js"),
            worker,
            () -> StoredMark.set(database));
    engine.start();
    result.resolve(face(engine));
    return result.promise();
  }

  /** Top-level directory in which the workers' pools keep all databases. */
  private static final String DATABASES = "tidemark";

  /** {@code remove(database)}: its files go once no worker holds them. */
  public static JSObject remove(String database) {
    Deferred result = new Deferred();
    LockNames names = new LockNames(database);
    Locks.request(
        names.owner(),
        held ->
            Storage.removeDirectory(
                DATABASES,
                names.directory(),
                () -> {
                  StoredMark.clear(database);
                  held.release();
                  result.resolve((JSObject) null);
                },
                sentence -> {
                  held.release();
                  result.reject("storage", sentence, true);
                }));
    return result.promise();
  }

  @JSFunctor
  interface Query extends JSObject {
    JSObject run(String sql, @Nullable JSObject parameters);
  }

  @JSFunctor
  interface Search extends JSObject {
    JSObject run(String text, @Nullable String space, @Nullable String channel, int limit);
  }

  @JSFunctor
  interface Send extends JSObject {
    JSObject run(String space, String type, JSObject payload);
  }

  @JSFunctor
  interface SendAs extends JSObject {
    JSObject run(PlainObject event);
  }

  @JSFunctor
  interface Apply extends JSObject {
    JSObject run(String space, JSObject events);
  }

  @JSFunctor
  interface ById extends JSObject {
    JSObject run(String space, String id);
  }

  @JSFunctor
  interface Subscribe extends JSObject {
    int run(String sql, @Nullable JSObject parameters, Callback callback, Callback failed);
  }

  @JSFunctor
  interface Listen extends JSObject {
    int run(Callback callback);
  }

  @JSFunctor
  interface Stop extends JSObject {
    void run(int id);
  }

  @JSFunctor
  interface Get extends JSObject {
    JSObject run();
  }

  @JSFunctor
  interface Close extends JSObject {
    void run();
  }

  @JSFunctor
  interface Callback extends JSObject {
    void call(JSObject value);
  }

  private static JSObject face(Engine engine) {
    return build(
        engine.tabId(),
        engine::status,
        engine::query,
        engine::search,
        engine::send,
        engine::sendAs,
        engine::apply,
        engine::retry,
        engine::discard,
        (sql, parameters, callback, failed) ->
            engine.subscribe(sql, parameters, callback::call, failed::call),
        engine::unsubscribe,
        callback -> engine.onStatus(callback::call),
        engine::offStatus,
        engine::close);
  }

  @JSBody(
      params = {
        "tabId",
        "status",
        "query",
        "search",
        "send",
        "sendAs",
        "apply",
        "retry",
        "discard",
        "subscribe",
        "unsubscribe",
        "onStatus",
        "offStatus",
        "close"
      },
      script =
          """
          function text(value, what) {
            if (typeof value !== 'string') throw new TypeError(what + ' must be a string');
            return value;
          }
          function list(given) {
            if (given === undefined || given === null) return null;
            return Array.from(given, function(value, index) {
              if (value === undefined || value === null) return null;
              if (typeof value === 'boolean') return value ? 1 : 0;
              if (typeof value !== 'string' && !Number.isFinite(value))
                throw new TypeError('parameter ' + (index + 1) + ' must be text, a finite number or null');
              return value;
            });
          }
          function attempt(action) {
            try { return Promise.resolve(action()); } catch (error) { return Promise.reject(error); }
          }
          return Object.freeze({
            tabId: tabId,
            status: function() { return status(); },
            onStatus: function(callback) {
              var id = onStatus(callback);
              return {close: function() { offStatus(id); }};
            },
            query: function(sql, params) {
              return attempt(function() { return query(text(sql, 'sql'), list(params)); });
            },
            subscribe: function(sql, params, callback, onError) {
              var id = subscribe(text(sql, 'sql'), list(params), callback,
                onError || function(error) { console.error(error); });
              return {close: function() { unsubscribe(id); }};
            },
            send: function(event) {
              return attempt(function() {
                if (!event || typeof event.payload !== 'object' || event.payload === null)
                  throw new TypeError('send() needs {space, type, payload}');
                return send(text(event.space, 'space'), text(event.type, 'type'), event.payload);
              });
            },
            local: Object.freeze({
              apply: function(space, events) {
                return attempt(function() { return apply(text(space, 'space'), events); });
              },
              send: function(event) { return attempt(function() { return sendAs(event); }); }
            }),
            retry: function(space, id) {
              return attempt(function() { return retry(text(space, 'space'), text(id, 'id')); });
            },
            discard: function(space, id) {
              return attempt(function() { return discard(text(space, 'space'), text(id, 'id')); });
            },
            search: function(words, options) {
              return attempt(function() {
                var given = options || {};
                return search(text(words, 'text'), given.space || null, given.channel || null,
                  Math.min(Math.max(given.limit || 50, 1), 1000));
              });
            },
            close: function() {
              close();
              return Promise.resolve();
            }
          });
          """)
  private static native JSObject build(
      String tabId,
      Get status,
      Query query,
      Search search,
      Send send,
      SendAs sendAs,
      Apply apply,
      ById retry,
      ById discard,
      Subscribe subscribe,
      Stop unsubscribe,
      Listen onStatus,
      Stop offStatus,
      Close close);
}

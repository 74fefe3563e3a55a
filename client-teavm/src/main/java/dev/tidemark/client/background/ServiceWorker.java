package dev.tidemark.client.background;

import java.util.List;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The service worker's listeners; what they do is decided by {@link Shell}. */
public final class ServiceWorker {
  private ServiceWorker() {}

  /**
   * Adds all listeners; to be called while the script is evaluated. The server writes the build
   * into the script's first line, so that a new build is a new script.
   */
  public static void listen() {
    String build = build();
    onInstall(Shell.cacheOf(build), of -> Shell.belongsTogether(build, of));
    onActivate(names -> array(Shell.cachesToDrop(List.of(names), build)));
    onFetch(
        Shell.cacheOf(build),
        (method, sameOrigin, path, navigation, range) ->
            array(Shell.cachedAnswers(method, sameOrigin, path, navigation, range)));
    onMessage();
  }

  private static String[] array(List<String> texts) {
    return texts.toArray(new String[0]);
  }

  @JSFunctor
  private interface BelongsTogether extends JSObject {
    boolean test(String buildOfManifest);
  }

  @JSFunctor
  private interface ToDrop extends JSObject {
    String[] of(String[] names);
  }

  @JSFunctor
  private interface Answers extends JSObject {
    String[] to(String method, boolean sameOrigin, String path, boolean navigation, boolean range);
  }

  @JSBody(script = "return self.TIDEMARK_BUILD || '';")
  private static native String build();

  /** All files or none: a cache that could not be filled is removed again. */
  @JSBody(
      params = {"name", "belongsTogether"},
      script =
          """
          function get(path) {
            return fetch(path, {cache: 'no-cache', redirect: 'error'}).then(function(answer) {
              if (answer.status !== 200) throw new Error(path + ' answered ' + answer.status);
              return answer;
            });
          }
          function fill(cache, files, next) {
            if (next >= files.length) return undefined;
            return Promise.all(files.slice(next, next + 6).map(function(path) {
              return get(path).then(function(answer) { return cache.put(path, answer); });
            })).then(function() { return fill(cache, files, next + 6); });
          }
          self.addEventListener('install', function(event) {
            event.waitUntil(get('/app-manifest.json')
              .then(function(answer) { return answer.json(); })
              .then(function(manifest) {
                if (!belongsTogether(manifest.build)) throw new Error('the manifest is of another build');
                return caches.delete(name)
                  .then(function() { return caches.open(name); })
                  .then(function(cache) { return fill(cache, manifest.files, 0); });
              }).catch(function(error) {
                return caches.delete(name).then(function() { throw error; });
              }));
          });
          """)
  private static native void onInstall(String name, BelongsTogether belongsTogether);

  @JSBody(
      params = "toDrop",
      script =
          """
          self.addEventListener('activate', function(event) {
            event.waitUntil(caches.keys().then(function(names) {
              return Promise.all(toDrop(names).map(function(name) { return caches.delete(name); }));
            }).then(function() { return self.clients.claim(); }));
          });
          """)
  private static native void onActivate(ToDrop toDrop);

  @JSBody(
      params = {"name", "answers"},
      script =
          """
          function look(cache, candidates, next) {
            if (next === candidates.length) return undefined;
            return cache.match(candidates[next]).then(function(found) {
              return found || look(cache, candidates, next + 1);
            });
          }
          self.addEventListener('fetch', function(event) {
            var request = event.request, url = new URL(request.url);
            var candidates = answers(request.method, url.origin === self.location.origin,
              url.pathname, request.mode === 'navigate', request.headers.has('range'));
            if (candidates.length === 0) return;
            event.respondWith(caches.open(name)
              .then(function(cache) { return look(cache, candidates, 0); })
              .then(function(found) { return found || fetch(request); }));
          });
          """)
  private static native void onFetch(String name, Answers answers);

  /** A page that knows itself idle may ask a waiting build to take over; it then reloads. */
  @JSBody(
      script =
          """
          self.addEventListener('message', function(event) {
            if (event.data === 'tidemark:take-over') self.skipWaiting();
          });
          """)
  private static native void onMessage();
}

package dev.tidemark.client.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * Web Locks. A held lock is released by its handle, by the end of its context (close, crash,
 * terminate), and by nothing else; a context in the back/forward cache keeps its locks.
 */
public final class Locks {
  private Locks() {}

  /** A lock that was granted. Releasing twice is harmless. */
  public interface Held {
    /** Gives the lock to the next waiter. */
    void release();
  }

  /** A request that may still wait. */
  public interface Request {
    /** Withdraws the request; after the grant this does nothing. */
    void withdraw();
  }

  /** A lock as {@link #query} saw it. */
  public record Entry(String name, String clientId, boolean held) {}

  /** Whether this context has Web Locks (secure contexts do). */
  @JSBody(script = "return !!(globalThis.navigator && navigator.locks);")
  public static native boolean available();

  /** Waits for the exclusive lock; {@code granted} runs once, when it is held. */
  public static Request request(String name, Consumer<Held> granted) {
    return requestNative(name, "exclusive", handle -> granted.accept(held(handle)))::abort;
  }

  /** Waits for a shared lock: held together with other shared ones, not with an exclusive one. */
  public static Request requestShared(String name, Consumer<Held> granted) {
    return requestNative(name, "shared", handle -> granted.accept(held(handle)))::abort;
  }

  /** Asks once: {@code granted} when the lock was free, else {@code taken}. */
  public static void requestIfFree(String name, Consumer<Held> granted, Runnable taken) {
    requestIfFreeNative(name, handle -> granted.accept(held(handle)), taken::run);
  }

  /**
   * Lists all locks of the origin, held first. Asking has a wanted side effect: Chromium then
   * grants a lock whose holder sits in the back/forward cache and was evicted.
   */
  public static void query(Consumer<List<Entry>> result) {
    queryNative(flat -> {
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < flat.length; i += 3) {
        entries.add(new Entry(flat[i], flat[i + 1], flat[i + 2].equals("held")));
      }
      result.accept(entries);
    });
  }

  private static Held held(Handle handle) {
    return handle::release;
  }

  private interface Handle extends JSObject {
    void release();
  }

  private interface Abort extends JSObject {
    void abort();
  }

  @JSFunctor
  private interface Granted extends JSObject {
    void accept(Handle handle);
  }

  @JSFunctor
  private interface Listed extends JSObject {
    void accept(String[] flat);
  }

  @JSBody(
      params = {"name", "mode", "granted"},
      script =
          """
          var abort = new AbortController(), done = false;
          navigator.locks.request(name, {mode: mode, signal: abort.signal}, function() {
            done = true;
            return new Promise(function(release) { granted({release: function() { release(); }}); });
          }).catch(function(error) { if (error.name !== 'AbortError') throw error; });
          return {abort: function() { if (!done) abort.abort(); }};
          """)
  private static native Abort requestNative(String name, String mode, Granted granted);

  @JSBody(
      params = {"name", "granted", "taken"},
      script =
          """
          navigator.locks.request(name, {ifAvailable: true}, function(lock) {
            if (!lock) { taken(); return; }
            return new Promise(function(release) { granted({release: function() { release(); }}); });
          });
          """)
  private static native void requestIfFreeNative(String name, Granted granted, Callback taken);

  @JSBody(
      params = "result",
      script =
          """
          navigator.locks.query().then(function(state) {
            var flat = [];
            state.held.forEach(function(lock) { flat.push(lock.name, lock.clientId, 'held'); });
            state.pending.forEach(function(lock) { flat.push(lock.name, lock.clientId, 'waiting'); });
            result(flat);
          });
          """)
  private static native void queryNative(Listed result);
}

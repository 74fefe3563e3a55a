package dev.tidemark.client.browser;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * Web Locks, exclusive ones. A held lock is released by its handle, by the end of its context
 * (close, crash, terminate), and by nothing else; a context in the back/forward cache keeps its
 * locks.
 *
 * <p>Chromium does not always grant a lock whose holder has gone: now and then, mostly when that
 * went into the back/forward cache, the waiters stay in line for a lock that nobody holds, and so
 * do all who come after them. Only a waiter that leaves the line sets it going again; that is what
 * {@link #wake} does.
 */
public final class Locks {
  /** The requests of this context that wait. */
  private static final Set<Waiting> WAITING = new LinkedHashSet<>();

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

  private static final class Waiting implements Request {
    private final String name;
    private final Consumer<Held> granted;
    private @Nullable Abort abort;

    Waiting(String name, Consumer<Held> granted) {
      this.name = name;
      this.granted = granted;
    }

    void ask() {
      abort = requestNative(name, this::grant);
    }

    private void grant(Handle handle) {
      WAITING.remove(this);
      granted.accept(handle::release);
    }

    @Override
    public void withdraw() {
      if (WAITING.remove(this)) {
        leaveTheLine();
      }
    }

    void leaveTheLine() {
      if (abort != null) {
        abort.abort();
      }
    }
  }

  /** Whether this context has Web Locks (secure contexts do). */
  @JSBody(script = "return !!(globalThis.navigator && navigator.locks);")
  public static native boolean available();

  /** Waits for the exclusive lock; {@code granted} runs once, when it is held. */
  public static Request request(String name, Consumer<Held> granted) {
    Waiting waiting = new Waiting(name, granted);
    WAITING.add(waiting);
    waiting.ask();
    return waiting;
  }

  /**
   * Helps waiters of this context that the browser has forgotten. Looking at the locks is enough
   * where their holder sits in the back/forward cache; where nobody holds the lock, its waiters ask
   * again, which grants it to the next in line. Harmless at any other time, but for their turn.
   */
  public static void wake() {
    query(Locks::askAgain);
  }

  /** Asks again for what is waited for and held by nobody. */
  static void askAgain(List<Entry> entries) {
    Set<String> held = new HashSet<>();
    Set<String> waitedFor = new HashSet<>();
    entries.forEach(entry -> (entry.held() ? held : waitedFor).add(entry.name()));
    for (Waiting waiting : new ArrayList<>(WAITING)) {
      if (waitedFor.contains(waiting.name) && !held.contains(waiting.name)) {
        waiting.leaveTheLine();
        waiting.ask();
      }
    }
  }

  /** Lists all locks of the origin, held first. */
  static void query(Consumer<List<Entry>> result) {
    queryNative(flat -> {
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < flat.length; i += 3) {
        entries.add(new Entry(flat[i], flat[i + 1], flat[i + 2].equals("held")));
      }
      result.accept(entries);
    });
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
      params = {"name", "granted"},
      script =
          """
          var abort = new AbortController(), done = false;
          navigator.locks.request(name, {signal: abort.signal}, function() {
            done = true;
            return new Promise(function(release) { granted({release: function() { release(); }}); });
          }).catch(function(error) { if (error.name !== 'AbortError') throw error; });
          return {abort: function() { if (!done) abort.abort(); }};
          """)
  private static native Abort requestNative(String name, Granted granted);

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

package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;

/** Timers of the event loop. Hidden pages may be throttled to one call a second or a minute. */
public final class Timers {
  private Timers() {}

  /** Runs once after a delay and returns the number to {@link #cancel} it by. */
  public static int after(int delayMillis, Runnable action) {
    return startTimeout(action::run, delayMillis);
  }

  /** Runs again and again until cancelled. */
  public static int every(int periodMillis, Runnable action) {
    return startInterval(action::run, periodMillis);
  }

  /** Cancels what {@link #after} or {@link #every} returned; harmless when it ran already. */
  @JSBody(params = "timer", script = "clearTimeout(timer);")
  public static native void cancel(int timer);

  /** Runs after the current callback, before any other event. */
  public static void soon(Runnable action) {
    microtask(action::run);
  }

  /**
   * Runs as the next task, after events that wait already; without the 4 ms that nested timers
   * cost.
   */
  public static void nextTask(Runnable action) {
    task(action::run);
  }

  @JSBody(
      params = {"action", "millis"},
      script = "return setTimeout(action, millis);")
  private static native int startTimeout(Callback action, int millis);

  @JSBody(
      params = {"action", "millis"},
      script = "return setInterval(action, millis);")
  private static native int startInterval(Callback action, int millis);

  @JSBody(params = "action", script = "queueMicrotask(action);")
  private static native void microtask(Callback action);

  @JSBody(
      params = "action",
      script =
          """
          var channel = new MessageChannel();
          channel.port1.onmessage = function() { channel.port1.close(); action(); };
          channel.port2.postMessage(0);
          """)
  private static native void task(Callback action);
}

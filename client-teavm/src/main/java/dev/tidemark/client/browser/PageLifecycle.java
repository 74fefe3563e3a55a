package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * What happens to a page. Entering the back/forward cache fires {@code pagehide} and {@code
 * freeze}, leaving it {@code resume} and {@code pageshow}: expect both of a pair, in either order.
 */
public final class PageLifecycle {
  private PageLifecycle() {}

  /** Receives the events; all on the page's event loop. */
  public interface Listener {
    /** {@code pagehide} or {@code freeze}: the page may never run again. */
    void leaving();

    /** {@code pageshow} from the cache, or {@code resume}. The first showing is not reported. */
    void back();

    /** {@code visibilitychange}. */
    void visible(boolean visible);

    /** {@code online} or {@code offline}: a hint of the device, no promise. */
    void networkHint(boolean online);
  }

  /** Listens for the rest of the page's life. */
  public static void listen(Listener listener) {
    on("pagehide", false, listener::leaving);
    on("freeze", true, listener::leaving);
    onPageShow(listener::back);
    on("resume", true, listener::back);
    on("visibilitychange", true, () -> listener.visible(visible()));
    on("online", false, () -> listener.networkHint(true));
    on("offline", false, () -> listener.networkHint(false));
  }

  /** Whether the page can be seen now. */
  @JSBody(script = "return document.visibilityState === 'visible';")
  public static native boolean visible();

  @JSFunctor
  private interface Action extends JSObject {
    void run();
  }

  @JSBody(
      params = {"type", "ofDocument", "action"},
      script =
          """
          (ofDocument ? document : window).addEventListener(type, function() { action(); },
              {capture: true});
          """)
  private static native void on(String type, boolean ofDocument, Action action);

  @JSBody(
      params = "action",
      script =
          """
          window.addEventListener('pageshow', function(event) { if (event.persisted) action(); },
              {capture: true});
          """)
  private static native void onPageShow(Action action);
}

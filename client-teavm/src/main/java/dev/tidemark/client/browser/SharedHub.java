package dev.tidemark.client.browser;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The SharedWorker, seen from a page ({@link #connect}) and from inside ({@link #onConnect}). */
public final class SharedHub {
  private SharedHub() {}

  /** Whether pages here have SharedWorker; it may be absent or deleted. */
  @JSBody(script = "return typeof SharedWorker === 'function';")
  public static native boolean available();

  /**
   * From a page: starts or joins the module SharedWorker of this address and name. {@code failed}
   * gets a sentence when its script cannot be loaded; its later death gives no sign.
   */
  public static Port connect(String url, String name, Consumer<String> failed) {
    JSObject worker = start(ScriptAddress.trusted(url), name);
    DedicatedWorker.setError(worker, failed::accept);
    return new Port(port(worker));
  }

  /** From inside, before {@code main} returns: hears every page that connects. */
  public static void onConnect(Consumer<Port> connected) {
    listen(port -> connected.accept(new Port(port)));
  }

  /** From inside: the name pages gave the worker. */
  @JSBody(script = "return self.name;")
  public static native String name();

  @JSFunctor
  private interface Connected extends JSObject {
    void accept(JSObject port);
  }

  @JSBody(
      params = {"url", "name"},
      script = "return new SharedWorker(url, {type: 'module', name: name});")
  private static native JSObject start(JSObject url, String name);

  @JSBody(params = "worker", script = "return worker.port;")
  private static native JSObject port(JSObject worker);

  @JSBody(
      params = "connected",
      script = "self.onconnect = function(event) { connected(event.ports[0]); };")
  private static native void listen(Connected connected);
}

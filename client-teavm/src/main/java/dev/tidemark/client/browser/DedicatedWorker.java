package dev.tidemark.client.browser;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A module worker that belongs to this page. */
public final class DedicatedWorker extends Endpoint {
  /** Starts the worker; loading goes on in the background, messages wait for it. */
  public DedicatedWorker(String url, String name) {
    super(start(ScriptAddress.trusted(url), name));
  }

  /** Called with a sentence when the script cannot be loaded or throws outside any handler. */
  public void onError(Consumer<String> failed) {
    setError(target, failed::accept);
  }

  /** Ends the worker at once: its locks, ports and file handles are released without a sign. */
  public void terminate() {
    terminateNative(target);
  }

  @JSFunctor
  interface Failed extends JSObject {
    void accept(String sentence);
  }

  @JSBody(
      params = {"url", "name"},
      script = "return new Worker(url, {type: 'module', name: name});")
  private static native JSObject start(JSObject url, String name);

  @JSBody(
      params = {"worker", "failed"},
      script =
          "worker.onerror = function(event) { failed(String(event.message || 'the worker did not"
              + " load')); };")
  static native void setError(JSObject worker, Failed failed);

  @JSBody(params = "worker", script = "worker.terminate();")
  private static native void terminateNative(JSObject worker);
}

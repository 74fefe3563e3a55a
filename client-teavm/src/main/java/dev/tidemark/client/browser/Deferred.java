package dev.tidemark.client.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A promise for JavaScript callers, settled from Java. Only the first settlement counts. A
 * rejection that nobody handles is reported by the browser; {@link #quiet} prevents that.
 */
public final class Deferred {
  private final JSObject state = create();

  /** The promise to hand out. */
  public JSObject promise() {
    return promise(state);
  }

  /** Fulfils the promise; null becomes {@code undefined}. */
  public void resolve(@Nullable JSObject value) {
    resolve(state, value);
  }

  /** Fulfils the promise with a text. */
  public void resolve(String value) {
    resolve(state, value);
  }

  /** Fulfils the promise with a number. */
  public void resolve(double value) {
    resolve(state, value);
  }

  /** Rejects with an {@code Error} that carries {@code code} and {@code retry}. */
  public void reject(String code, String sentence, boolean retry) {
    reject(state, error(code, sentence, retry));
  }

  /** Rejects with a value made elsewhere. */
  public void reject(JSObject error) {
    reject(state, error);
  }

  /** Nobody may be listening: a rejection is not to be reported as unhandled. */
  public Deferred quiet() {
    quiet(state);
    return this;
  }

  /** The {@code TidemarkError} of the type declarations. */
  @JSBody(
      params = {"code", "sentence", "retry"},
      script =
          """
          var error = new Error(sentence); error.name = 'TidemarkError'; error.code = code; error.retry = retry;
          return error;
          """)
  public static native JSObject error(String code, String sentence, boolean retry);

  @JSBody(
      script =
          "var made = {}; made.promise = new Promise(function(resolve, reject) { made.yes ="
              + " resolve; made.no = reject; }); return made;")
  private static native JSObject create();

  @JSBody(params = "state", script = "return state.promise;")
  private static native JSObject promise(JSObject state);

  @JSBody(
      params = {"state", "value"},
      script = "state.yes(value === null ? undefined : value);")
  private static native void resolve(JSObject state, @Nullable JSObject value);

  @JSBody(
      params = {"state", "value"},
      script = "state.yes(value);")
  private static native void resolve(JSObject state, String value);

  @JSBody(
      params = {"state", "value"},
      script = "state.yes(value);")
  private static native void resolve(JSObject state, double value);

  @JSBody(
      params = {"state", "error"},
      script = "state.no(error);")
  private static native void reject(JSObject state, JSObject error);

  @JSBody(params = "state", script = "state.promise.catch(function() {});")
  private static native void quiet(JSObject state);
}

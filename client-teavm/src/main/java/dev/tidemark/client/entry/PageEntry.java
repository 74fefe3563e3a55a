package dev.tidemark.client.entry;

import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSError;
import org.teavm.jso.core.JSPromise;

/** Entry point of {@code tidemark.js}, the module that pages import. */
public final class PageEntry {
  private PageEntry() {}

  /** Called once, when the module is loaded; makes TeaVM keep the exports. */
  public static void main(String[] arguments) {}

  /** See {@code open} in {@code tidemark.d.ts}. */
  @JSExport
  public static JSPromise<JSObject> open(JSObject options) {
    return JSPromise.reject(new JSError("the engine is not wired yet"));
  }

  /** See {@code remove} in {@code tidemark.d.ts}. */
  @JSExport
  public static JSPromise<JSObject> remove(String database) {
    return JSPromise.reject(new JSError("the engine is not wired yet"));
  }
}

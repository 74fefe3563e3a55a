package dev.tidemark.client.entry;

import dev.tidemark.client.api.PageApi;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** Entry point of {@code tidemark.js}, the module that pages import. */
public final class PageEntry {
  private PageEntry() {}

  /** Called once, when the module is loaded; makes TeaVM keep the exports. */
  public static void main(String[] arguments) {}

  /** See {@code open} in {@code tidemark.d.ts}. */
  @JSExport
  public static JSObject open(JSObject options) {
    return PageApi.open(options);
  }

  /** See {@code remove} in {@code tidemark.d.ts}. */
  @JSExport
  public static JSObject remove(String database) {
    return PageApi.remove(database);
  }
}

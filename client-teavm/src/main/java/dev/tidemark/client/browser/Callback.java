package dev.tidemark.client.browser;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript function without arguments; for this package's scripts, callers use Runnable. */
@JSFunctor
interface Callback extends JSObject {
  void run();
}

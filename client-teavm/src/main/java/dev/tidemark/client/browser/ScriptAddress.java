package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Addresses of worker scripts, made by the Trusted Types policy {@code tidemark} where the browser
 * has Trusted Types. The policy only lets addresses of this origin through. It can be created once
 * in a page, so it is kept under {@code Symbol.for('tidemark.scripts')}, where the page's own code
 * finds it (and may have put it first).
 */
final class ScriptAddress {
  private ScriptAddress() {}

  @JSBody(
      params = "url",
      script =
          """
          var key = Symbol.for('tidemark.scripts');
          if (!globalThis.trustedTypes) return url;
          if (!globalThis[key]) globalThis[key] = trustedTypes.createPolicy('tidemark', {
            createScriptURL: function(text) {
              var to = new URL(text, location.href);
              if (to.origin !== location.origin) throw new TypeError('foreign script ' + to);
              return to.href;
            }});
          return globalThis[key].createScriptURL(url);
          """)
  static native JSObject trusted(String url);
}

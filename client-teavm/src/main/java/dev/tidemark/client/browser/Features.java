package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;

/** What this context has. */
public final class Features {
  private Features() {}

  /** Whether synchronous OPFS files can be had: only known for sure in a dedicated worker. */
  @JSBody(
      script =
          """
          return !!(globalThis.navigator && navigator.storage && navigator.storage.getDirectory
              && globalThis.FileSystemFileHandle
              && (typeof document !== 'undefined'
             || FileSystemFileHandle.prototype.createSyncAccessHandle));
          """)
  public static native boolean opfs();

  /** Whether the origin is secure (https or localhost). */
  @JSBody(script = "return globalThis.isSecureContext === true;")
  public static native boolean secure();

  /** What {@code navigator.onLine} says: false is reliable, true is not. */
  @JSBody(script = "return navigator.onLine !== false;")
  public static native boolean onlineHint();

  /** The address of this context's script or page. */
  @JSBody(script = "return location.href;")
  public static native String address();

  /** Resolves an address against this context's own. */
  @JSBody(params = "url", script = "return new URL(url, location.href).href;")
  public static native String resolve(String url);
}

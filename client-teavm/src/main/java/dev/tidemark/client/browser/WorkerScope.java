package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** The inside of a dedicated worker: posts to and hears from the page that started it. */
public final class WorkerScope extends Endpoint {
  /** Only in a dedicated worker. */
  public WorkerScope() {
    super(self());
  }

  /** The name the page gave this worker. */
  @JSBody(script = "return self.name;")
  public static native String name();

  /** Ends this worker after the current callback. */
  @JSBody(script = "self.close();")
  public static native void close();

  @JSBody(script = "return self;")
  private static native JSObject self();
}

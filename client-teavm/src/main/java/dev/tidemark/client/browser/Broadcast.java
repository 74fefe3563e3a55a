package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A {@code BroadcastChannel}: all contexts of the origin that opened the name, except the sender.
 */
public final class Broadcast extends Endpoint {
  /** Joins the channel of a name. */
  public Broadcast(String name) {
    super(open(name));
  }

  /** Leaves the channel. */
  public void close() {
    closeNative(target);
  }

  @JSBody(params = "name", script = "return new BroadcastChannel(name);")
  private static native JSObject open(String name);

  @JSBody(params = "channel", script = "channel.close();")
  private static native void closeNative(JSObject channel);
}

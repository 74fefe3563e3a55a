package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** A {@code MessagePort}. Setting a receiver starts it. */
public final class Port extends Endpoint {
  /** Two ports that are each other's other side. */
  public record Pair(Port near, Port far) {}

  Port(JSObject port) {
    super(port);
  }

  /** Makes a new channel. */
  public static Pair channel() {
    JSObject channel = newChannel();
    return new Pair(new Port(first(channel)), new Port(second(channel)));
  }

  /** Closes both sides; the other side is not told. */
  public void close() {
    closeNative(target);
  }

  @JSBody(script = "return new MessageChannel();")
  private static native JSObject newChannel();

  @JSBody(params = "channel", script = "return channel.port1;")
  private static native JSObject first(JSObject channel);

  @JSBody(params = "channel", script = "return channel.port2;")
  private static native JSObject second(JSObject channel);

  @JSBody(params = "port", script = "port.close();")
  private static native void closeNative(JSObject port);
}

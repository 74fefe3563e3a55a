package dev.tidemark.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A message that arrived: its data and the ports that came with it. */
public abstract class Message implements JSObject {
  /** The data, which is an object in everything this engine sends. */
  @JSBody(script = "return this.data;")
  public native PlainObject data();

  /** How many ports were transferred along. */
  @JSBody(script = "return this.ports.length;")
  public native int portCount();

  /** A transferred port. */
  public Port port(int index) {
    return new Port(nativePort(index));
  }

  @JSBody(params = "index", script = "return this.ports[index];")
  private native JSObject nativePort(int index);

  @JSFunctor
  interface Receiver extends JSObject {
    void accept(Message message);
  }
}

package dev.tidemark.client.browser;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Something messages are posted to and come from: a port, a worker, a worker's own scope, a
 * broadcast channel. Posting to a dead other side is silent: nothing here tells that it died.
 */
public abstract sealed class Endpoint permits Port, DedicatedWorker, WorkerScope, Broadcast {
  final JSObject target;

  Endpoint(JSObject target) {
    this.target = target;
  }

  /** Sets the only receiver; messages that came earlier on a port are delivered then. */
  public final void onMessage(Consumer<Message> receiver) {
    setReceiver(target, receiver::accept);
  }

  /** Posts a structured clone of the message. */
  public final void post(JSObject message) {
    postNative(target, message);
  }

  /** Posts a message and hands the ports over: they are dead here afterwards. */
  public final void post(JSObject message, Port... ports) {
    PlainArray transfer = PlainArray.create();
    for (Port port : ports) {
      transfer.push(port.target);
    }
    postTransferring(target, message, transfer);
  }

  @JSBody(
      params = {"target", "receiver"},
      script = "target.onmessage = receiver;")
  private static native void setReceiver(JSObject target, Message.Receiver receiver);

  @JSBody(
      params = {"target", "message"},
      script = "target.postMessage(message);")
  private static native void postNative(JSObject target, JSObject message);

  @JSBody(
      params = {"target", "message", "transfer"},
      script = "target.postMessage(message, transfer);")
  private static native void postTransferring(JSObject target, JSObject message, JSObject transfer);
}

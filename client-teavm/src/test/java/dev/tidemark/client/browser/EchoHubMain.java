package dev.tidemark.client.browser;

/** A SharedWorker that sends back what it gets, with its name. */
public final class EchoHubMain {
  private EchoHubMain() {}

  /** Started by a page of the tests. */
  public static void main(String[] arguments) {
    SharedHub.onConnect(
        port -> port.onMessage(message -> port.post(message.data().put("name", SharedHub.name()))));
  }
}

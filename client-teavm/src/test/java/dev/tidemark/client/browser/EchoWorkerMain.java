package dev.tidemark.client.browser;

/** A dedicated worker that sends back what it gets, with its name. */
public final class EchoWorkerMain {
  private EchoWorkerMain() {}

  /** Started by a page of the tests. */
  public static void main(String[] arguments) {
    WorkerScope scope = new WorkerScope();
    scope.onMessage(message -> scope.post(message.data().put("name", WorkerScope.name())));
  }
}
